import { prefixLength } from "../../../language/words/cidr";
import type { Inventory, RouteTable, Subnet } from "./inventory";

export type AdoptedTier = "private" | "public" | "intra";

/** A VPC that a definition can describe, with its subnets by tier and zone. */
export interface DescribedNetwork {
  readonly zones: readonly string[];
  readonly subnets: Readonly<Record<AdoptedTier, Readonly<Record<string, Subnet>>>>;
  readonly nat: "none" | "single" | "per_zone";
}

const ANYWHERE = "0.0.0.0/0";

/**
 * Returns the network as this program would create it, or every reason why it cannot be described so. A network that cannot is used as an
 * existing VPC, and nothing of it is imported.
 */
export function describeNetwork(inventory: Inventory): DescribedNetwork | { readonly reasons: readonly string[] } {
  const [vpc] = inventory.vpcs;
  const reasons: string[] = [];
  const refuse = (condition: boolean, reason: string): void => {
    if (condition) reasons.push(reason);
  };
  if (vpc === undefined) return { reasons: ["the VPC is not in the inventory"] };
  refuse(vpc.CidrBlockAssociationSet.length > 1, "the VPC has more than one range");
  refuse(vpc.Ipv6CidrBlockAssociationSet.length > 0, "the VPC has IPv6 addresses");
  const length = prefixLength(vpc.CidrBlock);
  refuse(length < 16 || length > 24, `the range ${vpc.CidrBlock} is not a /16 to a /24`);
  refuse(inventory.internet_gateways.length > 1, "the VPC has several internet gateways");

  const routed = inventory.subnets.map((subnet) => ({ subnet, table: tableOf(subnet, inventory) }));
  for (const { subnet, table } of routed)
    refuse(table === undefined, `${subnet.SubnetId} uses the main route table: associate a table of its own`);
  const hasNat = inventory.nat_gateways.length > 0;
  const subnets: Record<AdoptedTier, Record<string, Subnet>> = { private: {}, public: {}, intra: {} };
  for (const { subnet, table } of routed) {
    if (table === undefined) continue;
    const tier = tierOf(table, hasNat);
    const other = subnets[tier][subnet.AvailabilityZone];
    refuse(
      other !== undefined,
      `${subnet.AvailabilityZone} has several ${tier} subnets: ${other?.SubnetId} and ${subnet.SubnetId}`,
    );
    subnets[tier][subnet.AvailabilityZone] = subnet;
  }
  const found = Object.keys(subnets.private).sort();
  refuse(found.length < 2, `a cluster needs private subnets in 2 zones, and there are ${found.length}`);
  for (const tier of ["public", "intra"] as const) {
    const zones = Object.keys(subnets[tier]).sort();
    refuse(
      zones.length > 0 && zones.join() !== found.join(),
      `the ${tier} subnets are in ${zones.join(", ")}, and the private ones in ${found.join(", ")}`,
    );
  }
  reasons.push(...tableReasons(subnets, inventory));
  const gateways = inventory.nat_gateways.map(
    ({ SubnetId }) => inventory.subnets.find((subnet) => subnet.SubnetId === SubnetId)?.AvailabilityZone ?? "",
  );
  refuse(
    gateways.length > 1 && [...new Set(gateways)].sort().join() !== found.join(),
    `there are ${gateways.length} NAT gateways: one for all zones, or one in each zone, can be described`,
  );
  if (reasons.length > 0) return { reasons };
  // The one gateway is in the first zone.
  const zones = gateways.length === 1 ? [...gateways, ...found.filter((zone) => zone !== gateways[0])] : found;
  return { zones, subnets, nat: gateways.length === 0 ? "none" : gateways.length === 1 ? "single" : "per_zone" };
}

/** One table for the public subnets, one for each private subnet, one for the control plane's. */
function tableReasons(subnets: DescribedNetwork["subnets"], inventory: Inventory): string[] {
  const tablesOf = (tier: AdoptedTier): (string | undefined)[] =>
    Object.values(subnets[tier]).map((subnet) => tableOf(subnet, inventory)?.RouteTableId);
  const shared = (["public", "intra"] as const).flatMap((tier) =>
    new Set(tablesOf(tier)).size > 1 ? [`the ${tier} subnets have several route tables`] : [],
  );
  const own = tablesOf("private");
  return new Set(own).size === own.length ? shared : [...shared, "private subnets share a route table"];
}

/** Returns the table that a subnet names; undefined if it uses the main one. */
export function tableOf({ SubnetId }: Subnet, { route_tables }: Inventory): RouteTable | undefined {
  return route_tables.find(({ Associations }) => Associations.some((each) => each.SubnetId === SubnetId));
}

function tierOf({ Routes }: RouteTable, hasNat: boolean): AdoptedTier {
  const out = Routes.find(({ DestinationCidrBlock }) => DestinationCidrBlock === ANYWHERE);
  if (out?.GatewayId?.startsWith("igw-")) return "public";
  // Without NAT gateways, nodes are in the subnets that lead nowhere.
  return out !== undefined || !hasNat ? "private" : "intra";
}
