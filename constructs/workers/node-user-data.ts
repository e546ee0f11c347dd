import { userData } from "../../fleet/nodes/user-data/user-data";
import type { NodeGroupPlan } from "../../fleet/plan/node-groups-plan";
import type { ClusterRef } from "../cluster/cluster-ref";
import { dnsAddress } from "../cluster/dns-address";

/**
 * Returns the user data of a group's nodes; undefined if it would be empty. Terraform encodes it, because only Terraform has the
 * endpoint and the certificate.
 *
 * @param joins true if it must name the cluster to join: EKS adds that itself for managed groups with its own images
 */
export function nodeUserData(
  { labels, maxPods, worker: settings }: NodeGroupPlan,
  eks: ClusterRef,
  joins: boolean,
): string | undefined {
  const worker = { ...settings, kubelet: { ...settings.kubelet, max_pods: maxPods } };
  const { name, endpoint, certificate_authority_data, service_ipv4_cidr, service_ipv6_cidr } = eks;
  const dns_ip = dnsAddress(eks);
  const join = {
    name,
    endpoint,
    certificate_authority_data,
    service_cidr: service_ipv6_cidr ?? service_ipv4_cidr, // nodes choose their own address family by it
    dns_ip,
  };
  const text = userData({ worker, labels, join: joins ? join : undefined });
  if (text === undefined) return undefined;
  const ofIpv6 = service_ipv6_cidr === undefined ? [] : [service_ipv6_cidr, dns_ip];
  const template = terraformText(text, joins ? [endpoint, certificate_authority_data, ...ofIpv6] : []);
  return `\${base64encode(${JSON.stringify(template)})}`; // JSON's escapes are also those of Terraform's quoted text
}

/** Escapes everything except the references: a shell's `${HOME}` is not Terraform's. */
function terraformText(text: string, [reference, ...others]: readonly string[]): string {
  if (reference === undefined) return text.replaceAll(/[$%]\{/g, (opening) => `${opening[0]}${opening}`);
  return text
    .split(reference)
    .map((part) => terraformText(part, others))
    .join(reference);
}
