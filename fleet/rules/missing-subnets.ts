import type { SubnetTier } from "../../language/words/subnet-tiers";
import type { Networking } from "../model/cluster";
import { usesExistingVpc } from "../network/existing-vpc";
import { hasTier } from "../network/subnets";
import type { Finding } from "./finding";

/** Returns what to report of a tier that the network does not have; undefined if the network has it. */
export function noSubnets(networking: Networking, tier: SubnetTier): Pick<Finding, "message"> | undefined {
  if (hasTier(networking, tier)) return undefined;
  if (tier === "public" && networking.private && !usesExistingVpc(networking)) {
    return { message: "a private network has no public subnets. Use another tier" };
  }
  const remedy = usesExistingVpc(networking)
    ? `List them in existing_vpc.subnet_ids.${tier} or existing_vpc.subnet_tags.${tier}`
    : `Add ${tier} to networking.subnet_tiers`;
  return { message: `the network has no ${tier} subnets. ${remedy}, or use another tier` };
}
