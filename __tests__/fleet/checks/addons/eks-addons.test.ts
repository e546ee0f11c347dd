import { testReports } from "../../../support/definition";
import { problemsOf, SMALLEST } from "../../../support/definitions";

testReports({
  "refuses versions of another Kubernetes version, inexact ones, and those of an add-on that is off": {
    cluster: `kube_proxy: { version: v1.34.1-eksbuild.1 }
vpc_cni: { version: latest }
eks_pod_identity_agent: { enabled: false, version: v1.3.10-eksbuild.2 }`,
    reports: [
      "9:28 tfvars.cluster.kube_proxy.version: must begin with v1.35., because it runs on Kubernetes 1.35, but is v1.34.1-eksbuild.1",
      `10:25 tfvars.cluster.vpc_cni.version: must be an exact version of an EKS add-on, such as v1.20.4-eksbuild.2, got "latest"`,
      "11:40 tfvars.cluster.eks_pod_identity_agent.enabled: must be true, because vpc_cni, aws_ebs_csi_driver, aws_load_balancer_controller, cluster_autoscaler get their roles from it. Enable it, or disable those",
      "11:56 tfvars.cluster.eks_pod_identity_agent.version: has no effect because eks_pod_identity_agent.enabled is false. Remove it",
    ],
  },
  "refuses values that the configuration of an add-on does not have": {
    cluster: `kube_proxy: { values: { mode: ebpf, rescources: {} } }
vpc_cni: { values: { enableNetworkPolicy: true, enableNetworkPolicies: "true", env: { WARM_IP_TARGET: 5, ENABLE_PREFIX_DELEGATION: true, AWS_VPC_K8S_CNI_LOGLEVEL: INFO } } }`,
    reports: [
      `9:35 tfvars.cluster.kube_proxy.values.mode: must be one of iptables, ipvs, nftables, but is "ebpf"`,
      `9:53 warning: tfvars.cluster.kube_proxy.values.rescources: is not a key of the configuration of kube-proxy. Did you mean "resources"?`,
      `10:47 tfvars.cluster.vpc_cni.values.enableNetworkPolicy: must be text for vpc-cni. Write "true" in quotes`,
      `10:76 tfvars.cluster.vpc_cni.values.enableNetworkPolicies: is not a key of the configuration of vpc-cni. Did you mean "enableNetworkPolicy"?`,
      `10:107 tfvars.cluster.vpc_cni.values.env.WARM_IP_TARGET: must be text for vpc-cni. Write "5" in quotes`,
      `10:136 tfvars.cluster.vpc_cni.values.env.ENABLE_PREFIX_DELEGATION: must be text for vpc-cni. Write "true" in quotes`,
    ],
  },
  "warns of values of an addon that the configuration of its add-on does not have": {
    addons: "coredns: { values: { replicaCounts: 2 } }",
    reports: [
      '9:41 warning: tfvars.addons.coredns.values.replicaCounts: is not a key of the configuration of coredns. Did you mean "replicaCount"?',
    ],
  },
  "refuses variables of the CNI that are not a map": {
    cluster: "vpc_cni: { values: { env: WARM_IP_TARGET } }",
    reports: [
      '9:31 tfvars.cluster.vpc_cni.values.env: must be a map of variables, such as { WARM_IP_TARGET: "5" }, got "WARM_IP_TARGET"',
    ],
  },
  "accepts a mode only of kube-proxy, and another text than a switch of the CNI": {
    cluster: 'kube_proxy: { values: { mode: nftables } }\nvpc_cni: { values: { enableNetworkPolicy: "true" } }',
    reports: [],
  },
  "refuses permissions of an existing role of a further add-on, and accepts one permission": {
    cluster: `extra_eks_addons:
  - name: adot
    version: v1.0.0-eksbuild.1
    before_nodes: false
    namespace: x
    service_accounts:
      - { service_account: a, role_arn: "arn:aws:iam::111111111111:role/a", managed_policy_arns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }
      - { service_account: b, managed_policy_arns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }
      - { service_account: c, statements: [{ sid: A, actions: [s3:ListAllMyBuckets], resources: ["*"] }] }
      - { service_account: d, role_arn: "arn:aws:iam::111111111111:role/a" }`,
    reports: [
      "15:102 tfvars.cluster.extra_eks_addons[adot].service_accounts[0].managed_policy_arns: has no effect because role_arn names an existing role, which is not changed. Remove it, or remove role_arn",
    ],
  },
  "warns of a variable of the CNI that overrides a key, and refuses one that is neither true nor false": {
    cluster: `vpc_cni: { warm_ip_target: 5, external_snat: true, values: { env: { WARM_IP_TARGET: "3", ENABLE_PREFIX_DELEGATION: "yes", AWS_VPC_K8S_CNI_EXTERNALSNAT: "True", ENABLE_POD_ENI: "1" } } }`,
    reports: [
      "9:89 warning: tfvars.cluster.vpc_cni.values.env.WARM_IP_TARGET: overrides cluster.vpc_cni.warm_ip_target, which is 5. Remove it and set cluster.vpc_cni.warm_ip_target",
      `9:120 tfvars.cluster.vpc_cni.values.env.ENABLE_PREFIX_DELEGATION: must be "true" or "false", but is "yes". The add-on would use its default`,
    ],
  },
  "refuses further add-ons that have their own section, that repeat a name, or whose keys have no effect": {
    cluster: `extra_eks_addons:
  - { name: vpc-cni, version: v1.0.0, before_nodes: true }
  - { name: coredns, version: v1.0.0, before_nodes: false }
  - { name: adot, version: v1.0.0, before_nodes: false, namespace: x }
  - { name: adot, version: v1.0.0, before_nodes: false, service_accounts: [{ service_account: a }, { service_account: a }] }`,
    reports: [
      "10:17 tfvars.cluster.extra_eks_addons[vpc-cni].name: has its own section. Set it in tfvars.cluster.vpc_cni instead",
      "11:17 tfvars.cluster.extra_eks_addons[coredns].name: has its own section. Set it in tfvars.addons.coredns instead",
      "12:72 tfvars.cluster.extra_eks_addons[adot].namespace: has no effect because there are no service_accounts. Remove it",
      `13:17 tfvars.cluster.extra_eks_addons[adot].name: two items of this list have the name "adot". Rename one of them`,
      "13:80 tfvars.cluster.extra_eks_addons[adot].service_accounts[0]: has no permissions. Add managed_policy_arns, statements or role_arn, or remove it",
      "13:104 tfvars.cluster.extra_eks_addons[adot].service_accounts[1]: has no permissions. Add managed_policy_arns, statements or role_arn, or remove it",
      "13:123 tfvars.cluster.extra_eks_addons[adot].service_accounts[1].service_account: lists a twice. Remove one of them",
    ],
  },
  "refuses settings of kube-proxy if it is not installed": {
    cluster:
      "kube_proxy: { enabled: false, preserve: false, values: { mode: ipvs } }\nextra_eks_addons: [{ name: other, version: v1.0.0-eksbuild.1, before_nodes: true }]",
    reports: [
      "9:45 tfvars.cluster.kube_proxy.preserve: has no effect because kube_proxy.enabled is false. Remove it",
      "9:60 tfvars.cluster.kube_proxy.values: has no effect because kube_proxy.enabled is false. Remove it",
    ],
  },
});

test("addons that do what EKS does by a capability or an add-on are refused", () => {
  const cluster = `  cluster:
    capabilities: [{ name: a, type: ARGOCD, argo_cd: { idc_instance_arn: "arn:aws:sso:::instance/ssoins-0123456789abcdef" } }]
    extra_eks_addons:
      - { name: kube-state-metrics, version: v1.0.0, before_nodes: false }
      - { name: prometheus-node-exporter, version: v1.0.0, before_nodes: false }
      - { name: aws-secrets-store-csi-driver-provider, version: v1.0.0, before_nodes: false }
`;
  const addons = `  addons:
    argo_cd_enabled: true
    kube_prometheus_stack_enabled: true
    secrets_store_csi_driver_enabled: true
`;
  const file = "clusters/a.example.com.yaml";
  const installs = (name: string, addon: string) =>
    `tfvars.cluster.extra_eks_addons[${name}].name: installs the same as the chart of addons.${addon}. Remove it, or set ${addon}_enabled: false`;

  expect(problemsOf({ [file]: `${SMALLEST}${cluster}` })).toEqual([]);
  expect(problemsOf({ [file]: `${SMALLEST}${cluster}${addons}` })).toEqual([
    `${file}:9:37 tfvars.cluster.capabilities[a].type: brings the kinds that the addon argo_cd brings. Set argo_cd_enabled: false, or remove this capability`,
    `${file}:11:17 ${installs("kube-state-metrics", "kube_prometheus_stack")}`,
    `${file}:12:17 ${installs("prometheus-node-exporter", "kube_prometheus_stack")}`,
    `${file}:13:17 ${installs("aws-secrets-store-csi-driver-provider", "secrets_store_csi_driver")}`,
  ]);
});
