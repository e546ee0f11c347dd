import { compareText } from "../../../language/problem";
import { listed } from "../../../language/suggest";
import { contains, overlaps } from "../../../language/words/cidr";
import type { RoutedTier } from "../../../language/words/subnet-tiers";
import type { Definition, Networking } from "../../model/cluster";
import { routedRanges } from "../../network/connections";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { vpcRanges } from "../../network/vpc-ranges";
import { controlPlaneTier } from "../network/control-plane-routes";

/** What is asked of each of two clusters that are peered. */
interface Peer {
  readonly name: string;
  readonly definition: Definition;
  /** Absent where its region is not known. */
  readonly partition?: string | undefined;
}

/** What AWS, or another way there, does not let be peered. */
export function refusedPeering(cluster: Peer, other: Peer): string[] {
  const messages: string[] = [];
  const back = other.definition.tfvars.networking.vpc_peering_connections.some((each) => each.cluster === cluster.name);
  if (back && compareText(cluster.name, other.name) > 0) {
    messages.push(
      `${other.name} makes a peering connection with this cluster already, and two VPCs have one: keep it in one of the two files`,
    );
  }
  const [own, theirs] = [cluster, other].map(({ definition }) => definition.tfvars.networking) as [
    Networking,
    Networking,
  ];
  if (usesExistingVpc(theirs)) {
    messages.push(
      `${other.name} lives in a VPC that exists already, whose route tables are not ours: peer with it by peer_vpc_id`,
    );
    return messages;
  }
  const peerings = own.vpc_peering_connections.filter((each) => each.cluster === other.name);
  const tiers = peerings.flatMap((each) => each.tiers);
  for (const range of vpcRanges(theirs)) {
    // Of the first ranges of both has been told already.
    const same = vpcRanges(own).find(
      (each) => overlaps(each, range) && (each !== own.vpc_cidr || range !== theirs.vpc_cidr),
    );
    if (same !== undefined)
      messages.push(`${range} of ${other.name} overlaps ${same} of this VPC: AWS peers no VPCs that share addresses`);
    const way = routedRanges(own).find(
      (each) => contains(range, each.cidr) && each.tiers.some((tier) => tiers.includes(tier)),
    );
    if (way?.cidr === range)
      messages.push(`${range} of ${other.name} is routed to ${way.connection} already: a table has one way to a range`);
    else if (way !== undefined)
      messages.push(
        `${way.cidr} is routed to ${way.connection}, and lies in ${range} of ${other.name}: that part of its network would not be reached`,
      );
  }
  const missing = peerings.flatMap(({ peer_tiers = [] }) => peer_tiers.filter((tier) => !hasTier(theirs, tier)));
  if (missing.length > 0)
    messages.push(`${other.name} has no ${listed([...new Set(missing)])} subnets: leave that out of peer_tiers`);
  messages.push(
    ...closedApis({ definition: cluster.definition, tiers, key: "tiers" }, other),
    ...closedApis(
      { definition: other.definition, tiers: peerings.flatMap(({ peer_tiers = [] }) => peer_tiers), key: "peer_tiers" },
      cluster,
    ),
  );
  const [here, there] = [cluster, other].map(({ partition }) => partition);
  if (here !== undefined && there !== undefined && here !== there)
    messages.push(`${other.name} is in partition ${there}, and this cluster in ${here}: AWS peers within one only`);
  return messages;
}

/** The side of a peering whose API lets the other side in: it answers by the control plane's table, which needs the route too. */
function closedApis(
  {
    definition,
    key,
    tiers,
  }: { readonly definition: Definition; readonly tiers: readonly RoutedTier[]; readonly key: string },
  { definition: other, name }: Peer,
): string[] {
  const { cluster, networking } = definition.tfvars;
  const needed = controlPlaneTier(networking);
  if (tiers.includes(needed)) return [];
  const ranges = vpcRanges(other.tfvars.networking);
  return cluster.private_access_cidrs
    .filter((cidr) => ranges.some((range) => contains(range, cidr)))
    .map(
      (cidr) =>
        `private_access_cidrs of ${definition.meta.CLUSTER_NAME} lets in ${cidr} of ${name}, and the API answers from the ${needed} subnets, which have no route there: add ${needed} to ${key}`,
    );
}
