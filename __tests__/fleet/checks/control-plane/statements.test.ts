import { messagesIn, testReports } from "../../../support/definition";

/** Returns what is reported of the statements of a service account's role. */
const messagesOf = (statements: string): string[] =>
  messagesIn({
    cluster: `service_account_roles:\n  - name: a\n    namespace: default\n    service_account: a\n    by: pod_identity\n    statements:\n${statements}`,
  }).map((text) => text.replace("tfvars.cluster.service_account_roles[a].statements", "…"));

test("accepts the actions, resources and conditions of IAM", () => {
  const messages = messagesOf(`      - sid: One
        actions: ["s3:Get*", kafka-cluster:Connect, "S3:getobject"]
        resources: ["*", "arn:aws:s3:::example-bucket/${"$"}{aws:username}/*", "arn:*:iam::aws:policy/x"]
        condition:
          "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a*"] }
          ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/x" }
          bool: { "aws:SecureTransport": "true" }
          "Null": { "aws:TokenIssueTime": "true" }
      - { sid: Two, actions: [s3:ListBucket], resources: ["*"] }
      - { actions: [s3:ListBucket], resources: ["*"] }
      - { effect: Deny, actions: ["*"], resources: ["*"] }`);

  expect(messages).toEqual([]);
});

test("refuses actions, resources and conditions that IAM does not have", () => {
  const messages = messagesOf(`      - actions: [GetObject, "s3:Get Object", "*:*"]
        resources: [example-bucket, "s3:::example-bucket"]
        condition:
          StringEqual: { "aws:RequestedRegion": us-east-1 }
          NullIfExists: { "aws:TokenIssueTime": "true" }
          "ForSomeValues:StringLike": { "aws:TagKeys": a }`);

  expect(messages).toEqual([
    '…[0].actions[0]: must be an IAM action with its service, such as s3:GetObject, got "GetObject"',
    '…[0].actions[1]: must be an IAM action with its service, such as s3:GetObject, got "s3:Get Object"',
    '…[0].actions[2]: must be an IAM action with its service, such as s3:GetObject, got "*:*"',
    '…[0].resources[0]: must be an ARN or *, such as arn:aws:s3:::example-bucket/*, got "example-bucket"',
    '…[0].resources[1]: must be an ARN or *, such as arn:aws:s3:::example-bucket/*, got "s3:::example-bucket"',
    '…[0].condition.StringEqual: must be an IAM condition operator, such as StringEquals, ArnLikeIfExists or ForAnyValue:StringLike, got "StringEqual"',
    '…[0].condition.NullIfExists: must be an IAM condition operator, such as StringEquals, ArnLikeIfExists or ForAnyValue:StringLike, got "NullIfExists"',
    '…[0].condition.ForSomeValues:StringLike: must be an IAM condition operator, such as StringEquals, ArnLikeIfExists or ForAnyValue:StringLike, got "ForSomeValues:StringLike"',
  ]);
});

describe("refuses a sid that a policy has twice", () => {
  const TWICE =
    '[{ sid: A, actions: [s3:GetObject], resources: ["*"] }, { sid: A, actions: [s3:GetObject], resources: ["*"] }]';
  testReports({
    "of a service account": {
      cluster: `service_account_roles: [{ name: a, namespace: x, service_account: s, by: irsa, statements: ${TWICE} }]`,
      reports: [
        "9:159 tfvars.cluster.service_account_roles[a].statements[1].sid: A is the sid of an earlier statement. IAM accepts a sid once per policy. Rename or remove one of them",
      ],
    },
    "of a capability": {
      cluster: `capabilities: [{ name: a, type: ACK, statements: ${TWICE} }]`,
      reports: [
        "9:117 tfvars.cluster.capabilities[a].statements[1].sid: A is the sid of an earlier statement. IAM accepts a sid once per policy. Rename or remove one of them",
      ],
    },
    "of hybrid nodes": {
      cluster: `remote_networks: { node_cidrs: [10.61.0.0/16] }\nhybrid_nodes: { credential_provider: SSM, statements: ${TWICE} }`,
      reports: [
        "10:122 tfvars.cluster.hybrid_nodes.statements[1].sid: A is the sid of an earlier statement. IAM accepts a sid once per policy. Rename or remove one of them",
      ],
    },
    "of nodes": {
      worker: `additional_policy_statements: ${TWICE}`,
      reports: [
        "8:100 tfvars.workers[general].additional_policy_statements[1].sid: A is the sid of an earlier statement. IAM accepts a sid once per policy. Rename or remove one of them",
      ],
    },
    "of pods on Fargate": {
      fargate_profiles: `- { name: web, selectors: [{ namespace: web }], statements: ${TWICE} }`,
      reports: [
        "9:128 tfvars.fargate_profiles[web].statements[1].sid: A is the sid of an earlier statement. IAM accepts a sid once per policy. Rename or remove one of them",
      ],
    },
    "of an EKS add-on": {
      cluster: `extra_eks_addons:
  - { name: adot, version: v0.1.0-eksbuild.1, before_nodes: false, service_accounts: [{ service_account: adot, statements: ${TWICE} }] }`,
      reports: [
        "10:191 tfvars.cluster.extra_eks_addons[adot].service_accounts[0].statements[1].sid: A is the sid of an earlier statement. IAM accepts a sid once per policy. Rename or remove one of them",
      ],
    },
    "of an addon": {
      addons: `keda: { enabled: true, options: { permissions: ${TWICE} } }`,
      reports: [
        "9:115 tfvars.addons.keda.options.permissions[1].sid: A is the sid of an earlier statement. IAM accepts a sid once per policy. Rename or remove one of them",
      ],
    },
  });
});
