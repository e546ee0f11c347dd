import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { Construct } from "constructs";
import type { ClusterRef } from "../constructs/cluster/cluster-ref";

/** Adds the providers that call the Kubernetes API to a stack after `eks-cluster`. */
export function addKubernetesProviders(stack: Construct, eks: ClusterRef, region: string): void {
  const kubernetes = kubernetesAccess(eks, region);
  new HelmProvider(stack, "helm", { kubernetes });
  new KubernetesProvider(stack, "kubernetes", { ...kubernetes, exec: [kubernetes.exec] });
}

/**
 * How the providers reach the cluster: by the state of another stack, because a provider that refers to a resource of its own stack
 * cannot plan before that resource exists; and by a token that the aws command fetches for each run, because a token in state is a
 * secret there and has ended by the next run.
 */
function kubernetesAccess(eks: ClusterRef, region: string) {
  return {
    host: eks.endpoint,
    clusterCaCertificate: `\${base64decode("${eks.certificate_authority_data}")}`, // `Fn` would treat the reference as plain text
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: [
        ...["eks", "get-token", "--output", "json"],
        ...["--cluster-name", eks.name, "--region", region, "--role-arn", "${var.role_arn}"],
      ],
    },
  };
}
