import { addressAt } from "../../language/words/cidr";
import type { ClusterRef } from "./cluster-ref";

/** EKS gives the cluster's DNS service the tenth address of the service range. */
const DNS_ADDRESS = 10;

/** Returns the address of the cluster's DNS service. EKS chooses the range of an IPv6 cluster, so Terraform computes the address. */
export function dnsAddress(eks: Pick<ClusterRef, "service_ipv4_cidr" | "service_ipv6_cidr">): string {
  const { service_ipv4_cidr, service_ipv6_cidr } = eks;
  if (service_ipv6_cidr === undefined) return addressAt(service_ipv4_cidr, DNS_ADDRESS);
  return `\${cidrhost(${service_ipv6_cidr.slice("${".length, -1)}, ${DNS_ADDRESS})}`;
}
