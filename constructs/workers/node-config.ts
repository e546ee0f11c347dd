import type { Worker } from "../../fleet/cluster";
import type { ClusterRef } from "../cluster/cluster-ref";
import { nodeLabels } from "./node-labels";

const BOUNDARY = "nodeadm";

/**
 * User data with which nodeadm, Amazon Linux 2023's bootstrap, joins a node to the cluster. Managed groups get theirs from EKS.
 * Terraform encodes it, because endpoint and certificate are known to it only.
 */
export function nodeUserData(eks: ClusterRef, worker: Worker): string {
  const flags = kubeletFlags(worker);
  const text = [
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    "",
    `--${BOUNDARY}`,
    "Content-Type: application/node.eks.aws",
    "",
    "---",
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    "  cluster:",
    `    name: ${eks.name}`,
    `    apiServerEndpoint: ${eks.endpoint}`,
    `    certificateAuthority: ${eks.certificate_authority_data}`,
    `    cidr: ${eks.service_ipv4_cidr}`,
    ...(flags.length === 0
      ? []
      : ["  kubelet:", "    flags:", ...flags.map((flag) => `      - ${JSON.stringify(flag)}`)]),
    "",
    `--${BOUNDARY}--`,
    "",
  ].join("\n");
  return `\${base64encode(${JSON.stringify(text)})}`; // JSON's escapes are also those of Terraform's quoted text
}

/** Labels and taints at birth: set later, the scheduler would have placed pods already. */
function kubeletFlags(worker: Worker): string[] {
  const labels = Object.entries(nodeLabels(worker)).map(([key, value]) => `${key}=${value}`);
  const taints = worker.taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`);
  return [
    ...(labels.length === 0 ? [] : [`--node-labels=${labels.join(",")}`]),
    ...(taints.length === 0 ? [] : [`--register-with-taints=${taints.join(",")}`]),
  ];
}
