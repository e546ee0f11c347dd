import { addressAt } from "../../language/words/cidr";
import type { ClusterRef } from "./cluster-ref";

/** Where EKS puts the cluster's DNS service: the tenth address of the range of Services. */
const DNS_ADDRESS = 10;

/** Address of the cluster's DNS service. EKS chooses an IPv6 cluster's range, so there Terraform has to do the counting. */
export function dnsAddress(eks: Pick<ClusterRef, "service_ipv4_cidr" | "service_ipv6_cidr">): string {
  const { service_ipv4_cidr, service_ipv6_cidr } = eks;
  if (service_ipv6_cidr === undefined) return addressAt(service_ipv4_cidr, DNS_ADDRESS);
  return `\${cidrhost(${service_ipv6_cidr.slice("${".length, -1)}, ${DNS_ADDRESS})}`;
}
