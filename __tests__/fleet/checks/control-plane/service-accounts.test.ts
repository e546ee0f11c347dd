import { testReports } from "../../../support/definition";

const POLICIES = "managed_policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess]";
const ROLE = "arn:aws:iam::111111111111:role/a";

/** Returns a role for the service account `s` in namespace `x`. */
const role = (keys: string): string =>
  `service_account_roles: [{ name: a, namespace: x, service_account: s, ${keys} }]`;

testReports({
  "refuses a role that grants nothing": {
    cluster: role("by: pod_identity"),
    reports: [
      "9:29 tfvars.cluster.service_account_roles[a]: grants nothing. Set managed_policy_arns, statements or target_role_arn",
    ],
  },
  "refuses two roles for one service account": {
    cluster: `service_account_roles:
  - { name: a, namespace: x, service_account: s, by: irsa, ${POLICIES} }
  - { name: b, namespace: x, service_account: s, by: irsa, ${POLICIES} }
  - { name: c, namespace: y, service_account: s, by: irsa, ${POLICIES} }`,
    reports: [
      "11:51 tfvars.cluster.service_account_roles[b].service_account: x/s already has the role a. A pod has one role. Combine both into one",
    ],
  },
  "refuses a pattern as namespace": {
    cluster: `service_account_roles: [{ name: a, namespace: "x-*", service_account: s, by: irsa, ${POLICIES} }]`,
    reports: [
      '9:51 tfvars.cluster.service_account_roles[a].namespace: must be lower-case letters, digits and dashes, at most 63 characters, got "x-*"',
    ],
  },
  "refuses keys of Pod Identity with irsa": {
    cluster: role(`by: irsa, role_arn: ${ROLE}, target_role_arn: ${ROLE}, disable_session_tags: true`),
    reports: [
      "9:94 tfvars.cluster.service_account_roles[a].role_arn: has no effect because with irsa only the annotation of the service account names an existing role. Remove it, or set by: pod_identity",
      "9:145 tfvars.cluster.service_account_roles[a].target_role_arn: has no effect because with irsa the workload itself assumes another role. Remove it, or set by: pod_identity",
      "9:201 tfvars.cluster.service_account_roles[a].disable_session_tags: has no effect because with irsa a session has no tags. Remove it, or set by: pod_identity",
    ],
  },
  "refuses policies for an existing role": {
    cluster: role(`by: pod_identity, role_arn: ${ROLE}, ${POLICIES}`),
    reports: [
      "9:157 tfvars.cluster.service_account_roles[a].managed_policy_arns: has no effect because role_arn sets an existing role, which is not changed. Remove it, or remove role_arn",
    ],
  },
  "refuses pod_identity without the agent": {
    cluster: `eks_pod_identity_agent: { enabled: false }\n${role(`by: pod_identity, ${POLICIES}`)}`,
    reports: [
      "9:40 tfvars.cluster.eks_pod_identity_agent.enabled: must be true, because vpc_cni, aws_ebs_csi_driver, aws_load_balancer_controller, cluster_autoscaler get their roles from it. Enable it, or disable those",
      "10:78 tfvars.cluster.service_account_roles[a].by: requires eks_pod_identity_agent. Set eks_pod_identity_agent.enabled: true, or by: irsa",
    ],
  },
  "refuses a service account whose role an addon or an EKS add-on has": {
    cluster: `service_account_roles:
  - { name: a, namespace: kube-system, service_account: aws-node, by: irsa, ${POLICIES} }
  - { name: b, namespace: kube-system, service_account: ebs-csi-controller-sa, by: irsa, ${POLICIES} }
  - { name: c, namespace: kube-system, service_account: adot, by: irsa, ${POLICIES} }
extra_eks_addons:
  - { name: adot, version: v1.0.0, before_nodes: false, service_accounts: [{ service_account: adot, ${POLICIES} }] }`,
    reports: [
      "10:61 tfvars.cluster.service_account_roles[a].service_account: aws-node in kube-system already has a role, which is created for the EKS add-on vpc-cni. Use another service account",
      "11:61 tfvars.cluster.service_account_roles[b].service_account: ebs-csi-controller-sa in kube-system already has a role, which is created for the addon aws_ebs_csi_driver. Use another service account",
      "12:61 tfvars.cluster.service_account_roles[c].service_account: adot in kube-system already has a role, which is created for the EKS add-on adot. Use another service account",
    ],
  },
  "refuses a service account whose role an extra chart has": {
    cluster: role(`by: irsa, ${POLICIES}`),
    extra_charts: `- name: web
  repository: https://charts.example.com
  chart: web
  version: 1.0.0
  namespace: x
  service_account: s
  permissions: [{ actions: [s3:GetObject], resources: ["*"] }]`,
    reports: [
      "9:71 tfvars.cluster.service_account_roles[a].service_account: s in x already has a role, which is created for the extra chart web. Use another service account",
    ],
  },
});
