import { problemsOf, SMALLEST } from "../../../support/definitions";

function told(iam: string): string[] {
  const text = SMALLEST.replace("  workers:", `    iam: { ${iam} }\n  workers:`);
  return problemsOf({ "clusters/a.example.com.yaml": text });
}

const AT = "clusters/a.example.com.yaml:6";

test.each([
  ["permissions_boundary: arn:aws:iam::111111111111:policy/boundary", []],
  ["permissions_boundary: arn:aws:iam::aws:policy/PowerUserAccess", []],
  ["path: /teams/search/", []],
  [
    "permissions_boundary: arn:aws:iam::999999999999:policy/boundary",
    [
      `${AT}:34 tfvars.common.iam.permissions_boundary: is a policy of account 999999999999, and IAM takes one of the cluster's own account 111111111111, or of AWS: name that`,
    ],
  ],
  [
    "permissions_boundary: arn:aws-cn:iam::aws:policy/PowerUserAccess",
    [
      `${AT}:34 tfvars.common.iam.permissions_boundary: must be an ARN of partition aws, as us-east-1 is, got arn:aws-cn:iam::aws:policy/PowerUserAccess`,
    ],
  ],
  [
    "permissions_boundary: boundary",
    [
      `${AT}:34 tfvars.common.iam.permissions_boundary: must be the ARN of an IAM policy, such as arn:aws:iam::111111111111:policy/boundary, got "boundary"`,
    ],
  ],
  [
    "path: teams/search",
    [
      `${AT}:18 tfvars.common.iam.path: must be an IAM path that begins and ends with a slash, such as /teams/search/, got "teams/search"`,
    ],
  ],
])("%s", (iam, problems) => {
  expect(told(iam)).toEqual(problems);
});

test("policies of another account, for nodes and for pods on Fargate", () => {
  const policy = "arn:aws:iam::999999999999:policy/theirs";
  const yaml = `${SMALLEST}      additional_policy_arns: [${policy}]
  fargate_profiles:
    - { name: web, selectors: [{ namespace: web }], managed_policy_arns: [${policy}] }
  addons:
    cluster_autoscaler_enabled: false
    karpenter: { enabled: true, options: { node_policy_arns: [${policy}] } }
`;
  const foreign =
    "is a policy of account 999999999999, and IAM takes one of the cluster's own account 111111111111, or of AWS: name that";

  expect(problemsOf({ "clusters/a.example.com.yaml": yaml })).toEqual([
    `clusters/a.example.com.yaml:8:32 tfvars.workers[general].additional_policy_arns[0]: ${foreign}`,
    `clusters/a.example.com.yaml:10:75 tfvars.fargate_profiles[web].managed_policy_arns[0]: ${foreign}`,
    `clusters/a.example.com.yaml:13:63 tfvars.addons.karpenter.options.node_policy_arns[0]: ${foreign}`,
  ]);
});

describe("statements", () => {
  const role = (statement: string) =>
    problemsOf({
      "clusters/a.example.com.yaml": `${SMALLEST}  cluster:
    service_account_roles:
      - name: a
        namespace: default
        service_account: a
        by: pod_identity
        statements:
${statement}`,
    }).map((text) => text.replace("tfvars.cluster.service_account_roles[a].statements", "…"));

  test("that IAM takes", () => {
    expect(
      role(`          - sid: One
            actions: ["s3:Get*", kafka-cluster:Connect, "S3:getobject"]
            resources: ["*", "arn:aws:s3:::example-bucket/${"$"}{aws:username}/*", "arn:*:iam::aws:policy/x"]
            condition:
              "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a*"] }
              ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/x" }
              bool: { "aws:SecureTransport": "true" }
              "Null": { "aws:TokenIssueTime": "true" }
          - { sid: Two, actions: [s3:ListBucket], resources: ["*"] }
          - { actions: [s3:ListBucket], resources: ["*"] }
          - { effect: Deny, actions: ["*"], resources: ["*"] }
`),
    ).toEqual([]);
  });

  test("that it does not", () => {
    expect(
      role(`          - actions: [GetObject, "s3:Get Object", "*:*"]
            resources: [example-bucket, "s3:::example-bucket"]
            condition:
              StringEqual: { "aws:RequestedRegion": us-east-1 }
              NullIfExists: { "aws:TokenIssueTime": "true" }
              "ForSomeValues:StringLike": { "aws:TagKeys": a }
`),
    ).toEqual([
      'clusters/a.example.com.yaml:15:23 …[0].actions[0]: must be an IAM action with its service, such as s3:GetObject, got "GetObject"',
      'clusters/a.example.com.yaml:15:34 …[0].actions[1]: must be an IAM action with its service, such as s3:GetObject, got "s3:Get Object"',
      'clusters/a.example.com.yaml:15:51 …[0].actions[2]: must be an IAM action with its service, such as s3:GetObject, got "*:*"',
      'clusters/a.example.com.yaml:16:25 …[0].resources[0]: must be an ARN, such as arn:aws:s3:::example-bucket/*, or *, got "example-bucket"',
      'clusters/a.example.com.yaml:16:41 …[0].resources[1]: must be an ARN, such as arn:aws:s3:::example-bucket/*, or *, got "s3:::example-bucket"',
      'clusters/a.example.com.yaml:18:15 …[0].condition.StringEqual: must be an IAM condition operator, such as StringEquals, ArnLikeIfExists or ForAnyValue:StringLike, got "StringEqual"',
      'clusters/a.example.com.yaml:19:15 …[0].condition.NullIfExists: must be an IAM condition operator, such as StringEquals, ArnLikeIfExists or ForAnyValue:StringLike, got "NullIfExists"',
      'clusters/a.example.com.yaml:20:15 …[0].condition.ForSomeValues:StringLike: must be an IAM condition operator, such as StringEquals, ArnLikeIfExists or ForAnyValue:StringLike, got "ForSomeValues:StringLike"',
    ]);
  });

  test("of one name", () => {
    expect(
      role(`          - { sid: Read, actions: [s3:GetObject], resources: ["*"] }
          - { sid: Read, actions: [s3:ListBucket], resources: ["*"] }
`),
    ).toEqual([
      "clusters/a.example.com.yaml:16:20 …[1].sid: Read is the sid of statement 0 already, and IAM takes it once a policy: rename one, or leave it out",
    ]);
  });
});

test("names of statements that nodes, pods on Fargate, an EKS add-on and an addon have twice", () => {
  const twice = `[{ sid: A, actions: [s3:GetObject], resources: ["*"] }, { sid: A, actions: [s3:GetObject], resources: ["*"] }]`;
  const yaml = `${SMALLEST}      additional_policy_statements: ${twice}
  fargate_profiles:
    - { name: web, selectors: [{ namespace: web }], statements: ${twice} }
  cluster:
    extra_eks_addons:
      - name: adot
        version: v0.1.0-eksbuild.1
        before_nodes: false
        service_accounts: [{ service_account: adot, statements: ${twice} }]
  addons:
    keda: { enabled: true, options: { permissions: ${twice} } }
`;

  expect(problemsOf({ "clusters/a.example.com.yaml": yaml }).map((text) => text.split(": ")[0])).toEqual([
    "clusters/a.example.com.yaml:8:100 tfvars.workers[general].additional_policy_statements[1].sid",
    "clusters/a.example.com.yaml:10:128 tfvars.fargate_profiles[web].statements[1].sid",
    "clusters/a.example.com.yaml:16:128 tfvars.cluster.extra_eks_addons[adot].service_accounts[0].statements[1].sid",
    "clusters/a.example.com.yaml:18:115 tfvars.addons.keda.options.permissions[1].sid",
  ]);
});
