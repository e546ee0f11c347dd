import type { SubnetTier } from "../../language/words/subnet-tiers";
import type { Networking } from "../model/cluster";
import { usesExistingVpc } from "../network/existing-vpc";
import { hasTier } from "../network/subnets";
import type { Finding } from "./finding";

/** What is said of a tier that the network has not; undefined where it has it. */
export function noSubnets(networking: Networking, tier: SubnetTier): Pick<Finding, "message" | "given"> | undefined {
  if (hasTier(networking, tier)) return undefined;
  if (tier === "public" && networking.private && !usesExistingVpc(networking)) {
    const message = "a private network has no public subnets: take another tier";
    return { given: [["tfvars", "networking", "private"]], message };
  }
  const [key, add] = usesExistingVpc(networking)
    ? ["existing_vpc", `name them in existing_vpc.subnet_ids.${tier} or existing_vpc.subnet_tags.${tier}`]
    : ["subnet_tiers", `add ${tier} to networking.subnet_tiers`];
  const message = `the network has no ${tier} subnets: ${add}, or take another tier`;
  return { given: [["tfvars", "networking", key]], message };
}
