import { type Case, told } from "../../../support/cluster-problems";
import { problemsOf, SMALLEST } from "../../../support/definitions";

const POLICY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const SSM = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const ROLE = "arn:aws:iam::111111111111:role";
const KEY = "arn:aws:kms:us-east-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef";

/** What is wrong with lists, and with what has no effect beside something else. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  "ranges that reach the API": [
    [
      "private ones for the public endpoint, and one twice",
      `endpoint_public_access: true
public_access_cidrs: [10.0.0.0/8, 198.51.100.0/24, 198.51.100.0/24]`,
      [
        "10:27 tfvars.cluster.public_access_cidrs[0]: 10.0.0.0/8 lies in 10.0.0.0/8, from where nobody reaches the public endpoint, and EKS refuses it: name public ranges, or reach the private endpoint by private_access_cidrs",
        "10:56 tfvars.cluster.public_access_cidrs[2]: names 198.51.100.0/24 twice: name each once",
      ],
    ],
    [
      "more than EKS takes",
      `endpoint_public_access: true
public_access_cidrs: [${Array.from({ length: 41 }, (_, index) => `198.51.100.${index}/32`).join(", ")}]`,
      ["10:26 tfvars.cluster.public_access_cidrs: must have at most 40 items, got 41 items"],
    ],
    [
      "of a private endpoint that is not there",
      `endpoint_private_access: false
endpoint_public_access: true
public_access_cidrs: [0.0.0.0/0]
private_access_cidrs: [10.60.0.0/16]`,
      [
        "11:27 warning: tfvars.cluster.public_access_cidrs[0]: opens the API to the whole internet: name the ranges that people and pipelines come from",
        "12:27 tfvars.cluster.private_access_cidrs: has no effect while endpoint_private_access is false: remove it, or open the private endpoint",
      ],
    ],
    [
      "in the VPC, and twice",
      "private_access_cidrs: [10.13.4.0/24, 10.61.0.0/16, 10.61.0.0/16]",
      [
        "9:28 tfvars.cluster.private_access_cidrs[0]: 10.13.4.0/24 lies in the VPC, which reaches the private endpoint anyway: remove it",
        "9:56 tfvars.cluster.private_access_cidrs[2]: names 10.61.0.0/16 twice: name each once",
      ],
    ],
  ],
  "logs and keys": [
    [
      "how a log is kept that nobody writes",
      `enabled_cluster_log_types: []
cluster_log_retention_days: 30
cluster_log_kms_key_arn: ${KEY}`,
      [
        "10:33 tfvars.cluster.cluster_log_retention_days: has no effect while enabled_cluster_log_types is empty: remove it, or name a type",
        "11:30 tfvars.cluster.cluster_log_kms_key_arn: has no effect while enabled_cluster_log_types is empty: remove it, or name a type",
      ],
    ],
    [
      "settings of a key that exists",
      `kms: { key_arn: "${KEY}", rotation_period_days: 90 }`,
      [
        "9:122 tfvars.cluster.kms.rotation_period_days: has no effect on an existing key, which is changed where it is made: remove it",
      ],
    ],
    [
      "settings of no key",
      "kms: { enabled: false, deletion_window_days: 7 }",
      [
        "9:50 tfvars.cluster.kms.deletion_window_days: has no effect while kms.enabled is false: no key is made. Remove it",
      ],
    ],
    [
      "an administrator twice",
      `kms: { administrators: ["${ROLE}/a", "${ROLE}/a"] }`,
      ["9:65 tfvars.cluster.kms.administrators[1]: names arn:aws:iam::111111111111:role/a twice: name each once"],
    ],
  ],
  "policies of roles": [
    [
      "twice, or anyway",
      `service_account_roles:
  - { name: a, namespace: x, service_account: s, by: irsa, managed_policy_arns: ["${POLICY}", "${POLICY}"] }
remote_networks: { node_cidrs: [10.60.0.0/16] }
hybrid_nodes: { credential_provider: SSM, managed_policy_arns: ["${SSM}"] }`,
      [
        `10:128 tfvars.cluster.service_account_roles[a].managed_policy_arns[1]: names ${POLICY} twice: name each once`,
        "12:69 tfvars.cluster.hybrid_nodes.managed_policy_arns[0]: is AmazonSSMManagedInstanceCore, which the role has anyway: remove it",
      ],
    ],
    [
      "of one address",
      `capabilities:
  - { name: a, type: ACK, managed_policy_arns: ["${ROLE.replace("role", "policy")}/a/b", "${ROLE.replace("role", "policy")}/a-b"] }`,
      [
        "10:93 tfvars.cluster.capabilities[a].managed_policy_arns[1]: is called as arn:aws:iam::111111111111:policy/a/b is, once slashes are dashes, and each has an address in the state: give one of them another path",
      ],
    ],
    [
      "of a control plane",
      `additional_policy_arns: [arn:aws:iam::aws:policy/AmazonEKSClusterPolicy, arn:aws:iam::aws:policy/AmazonEKSComputePolicy]
auto_mode: { enabled: true }`,
      [
        "9:30 tfvars.cluster.additional_policy_arns[0]: is AmazonEKSClusterPolicy, which the role has anyway: remove it",
        "9:78 tfvars.cluster.additional_policy_arns[1]: is AmazonEKSComputePolicy, which the role has anyway: remove it",
      ],
    ],
    [
      "of roles that exist",
      `role_arn: "${ROLE}/eks"
additional_policy_arns: ["${POLICY}"]
extra_eks_addons:
  - { name: x, version: v1.0.0, before_nodes: true, service_accounts: [{ service_account: y, role_arn: "${ROLE}/x", statements: [{ actions: ["s3:*"], resources: ["*"] }] }] }
  - { name: z, version: v1.0.0, before_nodes: true, service_accounts: [{ service_account: y, role_arn: "arn:aws:iam::999999999999:role/z" }] }`,
      [
        "10:29 tfvars.cluster.additional_policy_arns: has no effect on an existing role, which is not changed: remove it, or role_arn",
        "12:156 tfvars.cluster.extra_eks_addons[x].service_accounts[0].statements: has no effect because role_arn names an existing role, which is not changed. Remove it, or remove role_arn",
        "13:108 tfvars.cluster.extra_eks_addons[z].service_accounts[0].role_arn: is a role of account 999999999999, and EKS takes those of the cluster's own account 111111111111: name one of those",
      ],
    ],
    [
      "of Fargate's pods",
      `zonal_shift: true
---
fargate_profiles:
  - { name: a, selectors: [{ namespace: x }], managed_policy_arns: ["${POLICY}", "${POLICY}"] }
  - { name: b, selectors: [{ namespace: y }], managed_policy_arns: [arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy] }
  - { name: c, selectors: [{ namespace: z }], managed_policy_arns: [arn:aws:iam::999999999999:policy/x] }`,
      [
        `12:113 tfvars.fargate_profiles[a].managed_policy_arns[1]: names ${POLICY} twice: name each once`,
        "13:71 tfvars.fargate_profiles[b].managed_policy_arns[0]: is AmazonEKSFargatePodExecutionRolePolicy, which the role has anyway: remove it",
        "14:71 tfvars.fargate_profiles[c].managed_policy_arns[0]: is a policy of account 999999999999, and IAM takes one of the cluster's own account 111111111111, or of AWS: name that",
      ],
    ],
  ],
  "rules of security groups": [
    [
      "that are open anyway, or said twice",
      `private_access_cidrs: [10.61.0.0/16]
security_groups:
  control_plane:
    rules:
      - { name: nodes, direction: ingress, protocol: tcp, from_port: 443, to_port: 443, peer: nodes }
      - { name: office, direction: ingress, protocol: tcp, from_port: 443, cidr: 10.61.0.0/16 }
      - { name: lab, direction: ingress, protocol: tcp, from_port: 443, cidr: 10.62.0.0/16 }
  nodes:
    rules:
      - { name: dns, direction: ingress, protocol: udp, from_port: 53, peer: nodes }
      - { name: webhook, direction: ingress, protocol: tcp, from_port: 9443, peer: control_plane }
      - { name: exporter, direction: ingress, protocol: tcp, from_port: 9100, cidr: 10.61.0.0/16 }
      - { name: exporter-again, direction: ingress, protocol: tcp, from_port: 9100, to_port: 9100, cidr: 10.61.0.0/16 }
      - { name: exporter-elsewhere, direction: egress, protocol: tcp, from_port: 9100, cidr: 10.61.0.0/16 }`,
      [
        "13:13 tfvars.cluster.security_groups.control_plane.rules[nodes]: opens what is open anyway, and EC2 takes each rule once: remove it",
        "14:13 tfvars.cluster.security_groups.control_plane.rules[office]: opens what is open anyway, and EC2 takes each rule once: remove it",
        "18:13 tfvars.cluster.security_groups.nodes.rules[dns]: opens what is open anyway, and EC2 takes each rule once: remove it",
        "19:13 tfvars.cluster.security_groups.nodes.rules[webhook]: opens what is open anyway, and EC2 takes each rule once: remove it",
        "21:13 tfvars.cluster.security_groups.nodes.rules[exporter-again]: opens what exporter opens, and EC2 takes each rule once: remove one",
      ],
    ],
  ],
  "entries of roles that come in anyway": [
    [
      "with a capability, and with a profile",
      `access_entries:
  - { name: ack, principal_arn: "${ROLE}/ack", access_policy: AmazonEKSViewPolicy }
  - { name: pods, principal_arn: "${ROLE}/pods", type: FARGATE_LINUX }
capabilities: [{ name: ack, type: ACK, role_arn: "${ROLE}/ack" }]
---
fargate_profiles: [{ name: web, selectors: [{ namespace: web }], pod_execution_role_arn: "${ROLE}/pods" }]`,
      [
        "10:37 tfvars.cluster.access_entries[ack].principal_arn: is the role of the capability ack, which is let in with it, and EKS takes one entry a principal: remove the entry",
        "11:38 tfvars.cluster.access_entries[pods].principal_arn: is the role of the profile web, which is let in with it, and EKS takes one entry a principal: remove the entry",
      ],
    ],
  ],
  "names that meet in the state": [
    [
      "of entries, roles and capabilities",
      `access_entries:
  - { name: a, principal_arn: "${ROLE}/x", access_policy: AmazonEKSViewPolicy }
  - { name: a-policy, principal_arn: "${ROLE}/y", access_policy: AmazonEKSViewPolicy }
service_account_roles:
  - { name: b-association, namespace: x, service_account: s, by: irsa, managed_policy_arns: ["${POLICY}"] }
  - { name: b, namespace: x, service_account: t, by: pod_identity, managed_policy_arns: ["${POLICY}"] }
  - { name: issuer, namespace: x, service_account: u, by: irsa, managed_policy_arns: ["${POLICY}"] }
capabilities: [{ name: c, type: ACK }, { name: c-role, type: KRO }]`,
      [
        "11:17 tfvars.cluster.access_entries[a-policy].name: meets what is made for a in the state, a-policy: name it otherwise",
        "14:17 tfvars.cluster.service_account_roles[b].name: meets what is made for b-association in the state, b-association: name it otherwise",
        "15:17 tfvars.cluster.service_account_roles[issuer].name: meets a name of ours in the state, issuer: name it otherwise",
        "16:52 tfvars.cluster.capabilities[c-role].name: meets what is made for c in the state, c-role: name it otherwise",
      ],
    ],
    [
      "of EKS add-ons, profiles and groups",
      `extra_eks_addons:
  - { name: x, version: v1.0.0, before_nodes: true, service_accounts: [{ service_account: y, managed_policy_arns: ["${POLICY}"] }] }
  - { name: x-y, version: v1.0.0, before_nodes: true }
---
fargate_profiles:
  - { name: a, selectors: [{ namespace: x }] }
  - { name: a-role, selectors: [{ namespace: y }] }
  - { name: nodes-from-fargate, selectors: [{ namespace: z }] }`,
      [
        "11:17 tfvars.cluster.extra_eks_addons[x-y].name: meets what is made for x in the state, x-y: name it otherwise",
        "15:15 tfvars.fargate_profiles[a-role].name: meets what is made for a in the state, a-role: name it otherwise",
        "16:15 tfvars.fargate_profiles[nodes-from-fargate].name: meets a name of ours in the state, nodes-from-fargate: name it otherwise",
      ],
    ],
  ],
  "what runs beside it": [
    [
      "settings of a kube-proxy that is not there",
      "kube_proxy: { enabled: false, preserve: false, values: { mode: ipvs } }",
      [
        "9:45 tfvars.cluster.kube_proxy.preserve: has no effect because kube_proxy.enabled is false. Remove it",
        "9:60 tfvars.cluster.kube_proxy.values: has no effect because kube_proxy.enabled is false. Remove it",
      ],
    ],
  ],
};

test.each(Object.entries(CASES))("%s", (_, cases) => {
  const named = (problems: readonly (readonly string[])[]) =>
    problems.map((each, index) => [cases[index]?.[0], each] as const);

  expect(named(told(cases))).toEqual(named(cases.map(([, , problems]) => problems)));
});

test("a group is not called as what is made beside all groups", () => {
  expect(problemsOf({ "clusters/a.example.com.yaml": SMALLEST.replace("general", "interruption-queue") })).toEqual([
    "clusters/a.example.com.yaml:7:13 tfvars.workers[interruption-queue].name: meets a name of ours in the state, interruption-queue: name it otherwise",
  ]);
});

test("the role of a group is let in by the group", () => {
  const role = "arn:aws:iam::111111111111:role/nodes";
  const text = `${SMALLEST}      iam_role_arn: ${role}
  cluster: { access_entries: [{ name: nodes, principal_arn: "${role}", type: EC2_LINUX }] }
`;

  expect(problemsOf({ "clusters/a.example.com.yaml": text })).toEqual([
    "clusters/a.example.com.yaml:9:61 tfvars.cluster.access_entries[nodes].principal_arn: is the role of the group general, which is let in with it, and EKS takes one entry a principal: remove the entry",
  ]);
});
