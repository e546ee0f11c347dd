import { maxPods } from "../../fleet/nodes/max-pods";
import { userData } from "../../fleet/nodes/user-data/user-data";
import { dnsAddress } from "../cluster/dns-address";
import type { NodeGroupProps } from "./node-group";
import { nodeLabels } from "./node-labels";

/**
 * User data with which a node boots; undefined where there is nothing to say. Terraform encodes it, because endpoint and
 * certificate are known to it only.
 *
 * @param joins whether it has to say what the node joins: EKS says so itself to managed groups with an image of its own
 */
export function nodeUserData(
  { cluster, eks, worker: group }: Pick<NodeGroupProps, "cluster" | "eks" | "worker">,
  joins: boolean,
): string | undefined {
  const worker = { ...group, kubelet: { ...group.kubelet, max_pods: maxPods(cluster.tfvars, group) } };
  const { name, endpoint, certificate_authority_data, service_ipv4_cidr, service_ipv6_cidr } = eks;
  const dns_ip = dnsAddress(eks);
  const join = {
    name,
    endpoint,
    certificate_authority_data,
    service_cidr: service_ipv6_cidr ?? service_ipv4_cidr, // by its family nodes choose their own
    dns_ip,
  };
  const text = userData({ worker, labels: nodeLabels(worker), join: joins ? join : undefined });
  if (text === undefined) return undefined;
  const ofIpv6 = service_ipv6_cidr === undefined ? [] : [service_ipv6_cidr, dns_ip];
  const template = terraformText(text, joins ? [endpoint, certificate_authority_data, ...ofIpv6] : []);
  return `\${base64encode(${JSON.stringify(template)})}`; // JSON's escapes are also those of Terraform's quoted text
}

/** Everything but the references is meant as it stands: a shell's `${HOME}` is none of Terraform's. */
function terraformText(text: string, [reference, ...others]: readonly string[]): string {
  if (reference === undefined) return text.replaceAll(/[$%]\{/g, (opening) => `${opening[0]}${opening}`);
  return text
    .split(reference)
    .map((part) => terraformText(part, others))
    .join(reference);
}
