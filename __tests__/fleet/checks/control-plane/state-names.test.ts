import { testReports } from "../../../support/definition";

const ROLE = "arn:aws:iam::111111111111:role";
const POLICIES = "managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess]";

testReports({
  "refuses an access entry named like the policy of another": {
    cluster: `access_entries:
  - { name: a, principal_arn: "${ROLE}/x", access_policy: AmazonEKSViewPolicy }
  - { name: a-policy, principal_arn: "${ROLE}/y", access_policy: AmazonEKSViewPolicy }`,
    reports: [
      "11:17 tfvars.cluster.access_entries[a-policy].name: a-policy is created in the state both for a and for a-policy. Rename one of them",
    ],
  },
  "accepts an access entry named like the policy of one without a policy": {
    cluster: `access_entries:
  - { name: a, principal_arn: "${ROLE}/x", kubernetes_groups: [viewers] }
  - { name: a-policy, principal_arn: "${ROLE}/y", access_policy: AmazonEKSViewPolicy }`,
    reports: [],
  },
  "accepts a service account role named like the association of one by IRSA": {
    cluster: `service_account_roles:
  - { name: b, namespace: x, service_account: t, by: irsa, ${POLICIES} }
  - { name: b-association, namespace: x, service_account: s, by: irsa, ${POLICIES} }`,
    reports: [],
  },
  "accepts a capability named like the role of one with an existing role": {
    cluster: `capabilities: [{ name: c, type: ACK, role_arn: "${ROLE}/ack" }, { name: c-role, type: KRO }]`,
    reports: [],
  },
  "accepts an EKS add-on whose roles do not have its name": {
    cluster: `extra_eks_addons:
  - { name: x, version: v1.0.0, before_nodes: true, service_accounts: [{ service_account: y, ${POLICIES} }, { service_account: z, ${POLICIES} }] }`,
    reports: [],
  },
  "refuses a service account role whose association has the name of another, or named like the issuer": {
    cluster: `service_account_roles:
  - { name: b-association, namespace: x, service_account: s, by: irsa, ${POLICIES} }
  - { name: b, namespace: x, service_account: t, by: pod_identity, ${POLICIES} }
  - { name: issuer, namespace: x, service_account: u, by: irsa, ${POLICIES} }`,
    reports: [
      "11:17 tfvars.cluster.service_account_roles[b].name: b-association is created in the state both for b-association and for b. Rename one of them",
      "12:17 tfvars.cluster.service_account_roles[issuer].name: must not be issuer, which is reserved in the state. Rename it",
    ],
  },
  "refuses a capability named like the role of another": {
    cluster: "capabilities: [{ name: c, type: ACK }, { name: c-role, type: KRO }]",
    reports: [
      "9:52 tfvars.cluster.capabilities[c-role].name: c-role is created in the state both for c and for c-role. Rename one of them",
    ],
  },
  "refuses an EKS add-on named like the role of another": {
    cluster: `extra_eks_addons:
  - { name: x, version: v1.0.0, before_nodes: true, service_accounts: [{ service_account: y, ${POLICIES} }] }
  - { name: x-y, version: v1.0.0, before_nodes: true }`,
    reports: [
      "11:17 tfvars.cluster.extra_eks_addons[x-y].name: x-y is created in the state both for x and for x-y. Rename one of them",
    ],
  },
  "names the first owner of an address that 3 EKS add-ons share": {
    cluster: `extra_eks_addons:
  - { name: x, version: v1.0.0, before_nodes: true, service_accounts: [{ service_account: y-z, ${POLICIES} }] }
  - { name: x-y, version: v1.0.0, before_nodes: true, service_accounts: [{ service_account: z, ${POLICIES} }] }
  - { name: x-y-z, version: v1.0.0, before_nodes: true }`,
    reports: [
      "11:17 tfvars.cluster.extra_eks_addons[x-y].name: x-y-z is created in the state both for x and for x-y. Rename one of them",
      "12:17 tfvars.cluster.extra_eks_addons[x-y-z].name: x-y-z is created in the state both for x and for x-y-z. Rename one of them",
    ],
  },
  "leaves it to the parser to report 2 items with the same name": {
    cluster: "capabilities: [{ name: c, type: ACK }, { name: c, type: KRO }]",
    reports: ['9:52 tfvars.cluster.capabilities[c].name: two items of this list have the name "c". Rename one of them'],
  },
  "refuses a Fargate profile named like the role of another, or like a rule of its security group": {
    fargate_profiles: `- { name: a, selectors: [{ namespace: x }] }
- { name: a-role, selectors: [{ namespace: y }] }
- { name: nodes-from-fargate, selectors: [{ namespace: z }] }`,
    reports: [
      "10:15 tfvars.fargate_profiles[a-role].name: a-role is created in the state both for a and for a-role. Rename one of them",
      "11:15 tfvars.fargate_profiles[nodes-from-fargate].name: must not be nodes-from-fargate, which is reserved in the state. Rename it",
    ],
  },
  "refuses a Fargate profile named like the other rule of its security group": {
    fargate_profiles: "- { name: fargate-from-nodes, selectors: [{ namespace: z }] }",
    reports: [
      "9:15 tfvars.fargate_profiles[fargate-from-nodes].name: must not be fargate-from-nodes, which is reserved in the state. Rename it",
    ],
  },
  "refuses a node pool named like the chart of all pools": {
    worker: "min_size: 2",
    addons: "karpenter_enabled: true\ncluster_autoscaler_enabled: false",
    node_pools: "- { name: manifests, limits: { vcpus: 10 } }",
    reports: [
      "13:15 tfvars.node_pools[manifests].name: must not be manifests, which is reserved in the state. Rename it",
    ],
  },
  "refuses a worker group named like the queue of all groups": {
    workers: "- name: interruption-queue",
    reports: [
      "8:13 tfvars.workers[interruption-queue].name: must not be interruption-queue, which is reserved in the state. Rename it",
    ],
  },
});
