import { testMessages } from "../../../support/definition";

const proxy = (version: string): string => `kubernetes_version: "1.35"\nkube_proxy: { version: ${version} }`;

testMessages({
  "refuses a kube-proxy of another minor version": {
    cluster: proxy("v1.34.6-eksbuild.2"),
    reports: [
      "tfvars.cluster.kube_proxy.version: must begin with v1.35., because it runs on Kubernetes 1.35, but is v1.34.6-eksbuild.2",
    ],
  },
  "accepts a kube-proxy of the cluster's minor version": { cluster: proxy("v1.35.3-eksbuild.2"), reports: [] },
  "accepts a VPC CNI of any version": {
    cluster: "vpc_cni: { version: v1.20.0-eksbuild.1 }",
    reports: [],
  },
  "reports settings of an add-on that is off": {
    cluster: "eks_pod_identity_agent: { enabled: false, version: v1.3.10-eksbuild.2 }",
    reports: [
      expect.stringContaining(
        "tfvars.cluster.eks_pod_identity_agent.enabled: must be true, because vpc_cni, ",
      ) as string,
      "tfvars.cluster.eks_pod_identity_agent.version: has no effect because eks_pod_identity_agent.enabled is false. Remove it",
    ],
  },
  "refuses a kube-proxy of a minor version that only begins the same way": {
    cluster: proxy("v1.350.3-eksbuild.2"),
    reports: [
      "tfvars.cluster.kube_proxy.version: must begin with v1.35., because it runs on Kubernetes 1.35, but is v1.350.3-eksbuild.2",
    ],
  },
  "checks other add-ons beside a refused one": {
    cluster: `vpc_cni: { enabled: 5 }\n${proxy("v1.34.6-eksbuild.2")}`,
    reports: [
      "tfvars.cluster.vpc_cni.enabled: must be true or false, got 5",
      "tfvars.cluster.kube_proxy.version: must begin with v1.35., because it runs on Kubernetes 1.35, but is v1.34.6-eksbuild.2",
    ],
  },
});

describe("the agent of Pod Identity", () => {
  const withoutAgent = {
    worker: "min_size: 2\nmax_size: 2",
    cluster: "eks_pod_identity_agent: { enabled: false }",
    addons:
      "aws_ebs_csi_driver_enabled: false\naws_load_balancer_controller_enabled: false\ncluster_autoscaler_enabled: false",
  };
  const required = (by: string): string => `tfvars.cluster.eks_pod_identity_agent.enabled: must be true, because ${by}`;
  const POLICY = `managed_policy_arns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]`;

  testMessages({
    "is required by the VPC CNI": {
      ...withoutAgent,
      reports: [required("vpc_cni gets its role from it. Enable it, or disable that")],
    },
    "is required by a further add-on with a service account, and not by one without": {
      ...withoutAgent,
      cluster: `${withoutAgent.cluster}
extra_eks_addons:
  - { name: adot, version: v1.0.0-eksbuild.1, before_nodes: false, service_accounts: [{ service_account: a, ${POLICY} }] }
  - { name: other, version: v1.0.0-eksbuild.1, before_nodes: false }`,
      reports: [required("vpc_cni, adot get their roles from it. Enable it, or disable those")],
    },
    "is required by an extra chart with a service account, and not by one without": {
      ...withoutAgent,
      extra_charts: `- { name: a, repository: https://charts.example.com, chart: c, version: 1.2.3, namespace: a, service_account: a, permissions: [{ sid: A, actions: [s3:ListAllMyBuckets], resources: ["*"] }] }
- { name: b, repository: https://charts.example.com, chart: c, version: 1.2.3, namespace: b }`,
      reports: [required("vpc_cni, a get their roles from it. Enable it, or disable those")],
    },
    "is not required if nothing uses it": {
      ...withoutAgent,
      cluster: `${withoutAgent.cluster}\nvpc_cni: { enabled: false }`,
      extra_charts:
        "- { name: cni, repository: https://charts.example.com, chart: c, version: 1.2.3, namespace: kube-system, pod_security: null, before_nodes: true }",
      reports: [],
    },
  });
});
