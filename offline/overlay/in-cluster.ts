import type { Overlays } from "./entry";

const KUBERNETES = "hashicorp/terraform-provider-kubernetes kubernetes/";
const HELM = "hashicorp/terraform-provider-helm helm/";

/** Overlays of Kubernetes and Helm, and of the data sources that return credentials for them. */
export const IN_CLUSTER: Overlays = {
  "data.aws_eks_cluster_auth": { source: "internal/service/eks/cluster_auth_data_source.go", sensitive: ["token"] },
  "data.aws_ssm_parameter": {
    source: "internal/service/ssm/parameter_data_source.go",
    sensitive: ["value"], // insecure_value holds parameters that are not secret
  },
  helm_release: {
    source: `${HELM}resource_helm_release.go`,
    forceNew: ["name", "namespace"],
    sensitive: ["repository_password", "set_sensitive.value"],
    writeOnly: ["set_wo.name", "set_wo.type", "set_wo.value"],
    rules: [{ path: "name", max: 53 }],
  },
  kubernetes_storage_class_v1: {
    source: `${KUBERNETES}resource_kubernetes_storage_class_v1.go`,
    forceNew: ["storage_provisioner", "parameters", "volume_binding_mode", "mount_options", "allowed_topologies"],
    rules: [
      { path: "reclaim_policy", oneOf: ["Recycle", "Delete", "Retain"] },
      { path: "volume_binding_mode", oneOf: ["Immediate", "WaitForFirstConsumer"] },
    ],
  },
  kubernetes_secret_v1: {
    source: `${KUBERNETES}resource_kubernetes_secret_v1.go`,
    forceNew: ["type"],
    sensitive: ["data", "binary_data"],
  },
  "data.kubernetes_secret_v1": {
    source: `${KUBERNETES}data_source_kubernetes_secret_v1.go`,
    sensitive: ["data", "binary_data"],
  },
};
