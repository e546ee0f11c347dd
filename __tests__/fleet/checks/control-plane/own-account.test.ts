import { testReports } from "../../../support/definition";

const POLICY = "arn:aws:iam::999999999999:policy/theirs";
const ROLE = "arn:aws:iam::999999999999:role/theirs";

describe("a permissions boundary", () => {
  const boundary = (arn: string): string => `iam: { permissions_boundary: "${arn}" }`;
  testReports({
    "can be a policy of the cluster's account": {
      common: boundary("arn:aws:iam::111111111111:policy/boundary"),
      reports: [],
    },
    "can be a policy of AWS": { common: boundary("arn:aws:iam::aws:policy/PowerUserAccess"), reports: [] },
    "must not be a policy of another account": {
      common: boundary(POLICY),
      reports: [
        "6:34 tfvars.common.iam.permissions_boundary: must be a policy of AWS or of the cluster's own account 111111111111, but is of account 999999999999",
      ],
    },
    "must not be of another partition": {
      common: boundary("arn:aws-cn:iam::aws:policy/PowerUserAccess"),
      reports: [
        "6:34 tfvars.common.iam.permissions_boundary: must be an ARN of partition aws, which us-east-1 belongs to, but is arn:aws-cn:iam::aws:policy/PowerUserAccess",
      ],
    },
    "must be an ARN": {
      common: boundary("boundary"),
      reports: [
        '6:34 tfvars.common.iam.permissions_boundary: must be the ARN of an IAM policy, such as arn:aws:iam::111111111111:policy/boundary, got "boundary"',
      ],
    },
  });
});

describe("an IAM path", () => {
  testReports({
    "can have several parts": { common: "iam: { path: /teams/search/ }", reports: [] },
    "must begin with a slash": {
      common: "iam: { path: teams/search }",
      reports: [
        '6:18 tfvars.common.iam.path: must be an IAM path that begins and ends with a slash, such as /teams/search/, got "teams/search"',
      ],
    },
  });
});

describe("a policy of another account is refused", () => {
  testReports({
    "for nodes": {
      worker: `additional_policy_arns: [${POLICY}]`,
      reports: [
        "8:32 tfvars.workers[general].additional_policy_arns[0]: must be a policy of AWS or of the cluster's own account 111111111111, but is of account 999999999999",
      ],
    },
    "for pods on Fargate": {
      fargate_profiles: `- { name: web, selectors: [{ namespace: web }], managed_policy_arns: [${POLICY}] }`,
      reports: [
        "9:75 tfvars.fargate_profiles[web].managed_policy_arns[0]: must be a policy of AWS or of the cluster's own account 111111111111, but is of account 999999999999",
      ],
    },
    "for Karpenter's nodes": {
      addons: `cluster_autoscaler_enabled: false\nkarpenter: { enabled: true, options: { node_policy_arns: [${POLICY}] }, values: { replicas: 1 } }`,
      node_pools: "- { name: p, limits: { vcpus: 10 } }",
      reports: [
        "10:63 tfvars.addons.karpenter.options.node_policy_arns[0]: must be a policy of AWS or of the cluster's own account 111111111111, but is of account 999999999999",
      ],
    },
    "for service accounts": {
      cluster: `service_account_roles:
  - { name: a, namespace: x, service_account: s, by: irsa, managed_policy_arns: [${POLICY}], permissions_boundary: ${POLICY} }`,
      reports: [
        "10:86 tfvars.cluster.service_account_roles[a].managed_policy_arns[0]: must be a policy of AWS or of the cluster's own account 111111111111, but is of account 999999999999",
        "10:150 tfvars.cluster.service_account_roles[a].permissions_boundary: must be a policy of AWS or of the cluster's own account 111111111111, but is of account 999999999999",
      ],
    },
  });
});

describe("a role of another account is refused", () => {
  testReports({
    "for the control plane": {
      cluster: `role_arn: ${ROLE}`,
      reports: [
        "9:15 tfvars.cluster.role_arn: must be a role of the cluster's own account 111111111111, but is of account 999999999999",
      ],
    },
    "for a service account": {
      cluster: `service_account_roles: [{ name: a, namespace: x, service_account: s, by: pod_identity, role_arn: "${ROLE}" }]`,
      reports: [
        "9:102 tfvars.cluster.service_account_roles[a].role_arn: must be a role of the cluster's own account 111111111111, but is of account 999999999999. Set the other role as target_role_arn",
      ],
    },
    "for a capability": {
      cluster: `capabilities: [{ name: c, type: KRO, role_arn: "${ROLE}" }]`,
      reports: [
        "9:52 tfvars.cluster.capabilities[c].role_arn: must be a role of the cluster's own account 111111111111, but is of account 999999999999",
      ],
    },
    "for an EKS add-on": {
      cluster: `extra_eks_addons:
  - { name: z, version: v1.0.0, before_nodes: true, service_accounts: [{ service_account: y, role_arn: "${ROLE}" }] }`,
      reports: [
        "10:108 tfvars.cluster.extra_eks_addons[z].service_accounts[0].role_arn: must be a role of the cluster's own account 111111111111, but is of account 999999999999",
      ],
    },
  });
});
