import type { Networking } from "../model/cluster";
import { usesExistingVpc } from "./existing-vpc";

/** All IPv4 ranges of the VPC; of one that exists the first is known. */
export function vpcRanges(networking: Networking): readonly string[] {
  const { secondary_cidr_blocks, vpc_cidr } = networking;
  return usesExistingVpc(networking) ? [vpc_cidr] : [vpc_cidr, ...secondary_cidr_blocks];
}

/** True if the definition sets DHCP options other than AWS's. */
export function setsDhcpOptions(options: Networking["dhcp_options"]): boolean {
  return Object.values(options).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null));
}
