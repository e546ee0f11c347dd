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
});
