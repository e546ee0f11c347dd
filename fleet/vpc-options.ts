import type { Networking } from "./cluster";

/** All IPv4 ranges of the VPC. */
export function vpcRanges({ vpc_cidr, secondary_cidr_blocks }: Networking): readonly string[] {
  return [vpc_cidr, ...secondary_cidr_blocks];
}

/** Whether the VPC has DHCP options of its own: a definition says something that is not AWS's. */
export function setsDhcpOptions(options: Networking["dhcp_options"]): boolean {
  return Object.values(options).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null));
}
