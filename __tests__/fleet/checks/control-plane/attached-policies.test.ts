import { testReports } from "../../../support/definition";

const ROLE = "arn:aws:iam::111111111111:role";
const OWN = "arn:aws:iam::111111111111:policy";
const AWS = "arn:aws:iam::aws:policy";
const POLICY = `${AWS}/ReadOnlyAccess`;

testReports({
  "refuses a policy that a service account's role has twice": {
    cluster: `service_account_roles:
  - { name: a, namespace: x, service_account: s, by: irsa, managed_policy_arns: ["${POLICY}", 5, "${POLICY}"] }`,
    reports: [
      '10:128 tfvars.cluster.service_account_roles[a].managed_policy_arns[1]: must be text, got 5, which YAML reads as a number. Write "5" in quotes',
      "10:131 tfvars.cluster.service_account_roles[a].managed_policy_arns[2]: lists arn:aws:iam::aws:policy/ReadOnlyAccess twice. Remove one of them",
    ],
  },
  "refuses a policy that hybrid nodes have by default": {
    cluster: `remote_networks: { node_cidrs: [10.60.0.0/16] }
hybrid_nodes: { credential_provider: SSM, managed_policy_arns: ["${AWS}/AmazonSSMManagedInstanceCore"] }`,
    reports: [
      "10:69 tfvars.cluster.hybrid_nodes.managed_policy_arns[0]: AmazonSSMManagedInstanceCore is attached to the role by default. Remove it",
    ],
  },
  "accepts a policy of SSM for hybrid nodes that use IAM Roles Anywhere": {
    cluster: `remote_networks: { node_cidrs: [10.60.0.0/16] }
hybrid_nodes: { credential_provider: IAM_ROLES_ANYWHERE, trust_anchor_arn: "arn:aws:rolesanywhere:us-east-1:111111111111:trust-anchor/01234567-0123-0123-0123-0123456789ab", managed_policy_arns: ["${AWS}/AmazonSSMManagedInstanceCore"] }`,
    reports: [],
  },
  "refuses the policy that pulls images for hybrid nodes": {
    cluster: `remote_networks: { node_cidrs: [10.60.0.0/16] }
hybrid_nodes: { credential_provider: SSM, managed_policy_arns: ["${AWS}/AmazonEC2ContainerRegistryPullOnly"] }`,
    reports: [
      "10:69 tfvars.cluster.hybrid_nodes.managed_policy_arns[0]: AmazonEC2ContainerRegistryPullOnly is attached to the role by default. Remove it",
    ],
  },
  "refuses a policy that a role of an EKS add-on has twice": {
    cluster: `extra_eks_addons:
  - { name: adot, version: v1.0.0-eksbuild.1, before_nodes: false, service_accounts: [{ service_account: a, managed_policy_arns: ["${POLICY}", "${POLICY}"] }] }`,
    reports: [
      "10:177 tfvars.cluster.extra_eks_addons[adot].service_accounts[0].managed_policy_arns[1]: lists arn:aws:iam::aws:policy/ReadOnlyAccess twice. Remove one of them",
    ],
  },
  "refuses policies that Karpenter's nodes have by default": {
    worker: "min_size: 2",
    addons: `cluster_autoscaler_enabled: false
karpenter: { enabled: true, options: { node_policy_arns: [${AWS}/AmazonEKSWorkerNodePolicy, ${AWS}/AmazonSSMManagedInstanceCore] } }`,
    node_pools: "- { name: p, limits: { vcpus: 4 } }",
    reports: [
      "11:63 tfvars.addons.karpenter.options.node_policy_arns[0]: AmazonEKSWorkerNodePolicy is attached to the role by default. Remove it",
      "11:114 tfvars.addons.karpenter.options.node_policy_arns[1]: AmazonSSMManagedInstanceCore is attached to the role by default. Remove it",
    ],
  },
  "accepts the policy of Session Manager on nodes whose group turns it off": {
    worker: `session_manager: false\nadditional_policy_arns: [${AWS}/AmazonSSMManagedInstanceCore]`,
    reports: [],
  },
  "accepts an existing role without policies": { cluster: `role_arn: "${ROLE}/eks"`, reports: [] },
  "accepts one policy of the control plane": { cluster: `additional_policy_arns: ["${POLICY}"]`, reports: [] },
  "refuses two policies with one address in the state": {
    cluster: `capabilities: [{ name: a, type: ACK, managed_policy_arns: ["${OWN}/a/b", "${OWN}/a-b"] }]`,
    reports: [
      "9:104 tfvars.cluster.capabilities[a].managed_policy_arns[1]: has the same address in the state as arn:aws:iam::111111111111:policy/a/b, because dashes replace slashes there. Give one of the policies another path",
    ],
  },
  "refuses policies that the control plane has by default": {
    cluster: `additional_policy_arns: [${AWS}/AmazonEKSClusterPolicy, ${AWS}/AmazonEKSComputePolicy]
auto_mode: { enabled: true }`,
    reports: [
      "9:30 tfvars.cluster.additional_policy_arns[0]: AmazonEKSClusterPolicy is attached to the role by default. Remove it",
      "9:78 tfvars.cluster.additional_policy_arns[1]: AmazonEKSComputePolicy is attached to the role by default. Remove it",
    ],
  },
  "accepts a policy that only Auto Mode's control plane has by default": {
    cluster: `additional_policy_arns: [${AWS}/AmazonEKSComputePolicy]`,
    reports: [],
  },
  "refuses policies for an existing role": {
    cluster: `role_arn: "${ROLE}/eks"
additional_policy_arns: ["${POLICY}"]`,
    reports: [
      "10:29 tfvars.cluster.additional_policy_arns: has no effect because role_arn sets an existing role, which is not changed. Remove it, or remove role_arn",
    ],
  },
  "refuses policies that pods on Fargate have twice, or by default": {
    fargate_profiles: `- { name: a, selectors: [{ namespace: x }], managed_policy_arns: ["${POLICY}", "${POLICY}"] }
- { name: b, selectors: [{ namespace: y }], managed_policy_arns: [${AWS}/AmazonEKSFargatePodExecutionRolePolicy] }`,
    reports: [
      "9:113 tfvars.fargate_profiles[a].managed_policy_arns[1]: lists arn:aws:iam::aws:policy/ReadOnlyAccess twice. Remove one of them",
      "10:71 tfvars.fargate_profiles[b].managed_policy_arns[0]: AmazonEKSFargatePodExecutionRolePolicy is attached to the role by default. Remove it",
    ],
  },
  "refuses policies that nodes have by default": {
    worker: `additional_policy_arns: [${AWS}/AmazonEKSWorkerNodePolicy, ${AWS}/AmazonSSMManagedInstanceCore]`,
    reports: [
      "8:32 tfvars.workers[general].additional_policy_arns[0]: AmazonEKSWorkerNodePolicy is attached to the role by default. Remove it",
      "8:83 tfvars.workers[general].additional_policy_arns[1]: AmazonSSMManagedInstanceCore is attached to the role by default. Remove it",
    ],
  },
});
