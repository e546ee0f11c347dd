import { compareText } from "../../../language/problem";
import { ifCertain } from "../../../language/refused";
import { listed } from "../../../language/suggest";
import { contains, overlaps } from "../../../language/words/cidr";
import type { RoutedTier } from "../../../language/words/subnet-tiers";
import { controlPlaneTier } from "../../control-plane/control-plane-tier";
import type { Definition, Networking } from "../../model/cluster";
import { routedRanges } from "../../network/connections";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { vpcRanges } from "../../network/vpc-ranges";

/** One of 2 clusters that are peered. */
interface Peer {
  readonly name: string;
  readonly definition: Definition;
  /** Undefined if its region is unknown. */
  readonly partition?: string | undefined;
}

/** Returns messages about a cluster and another one, with which it has a peering connection. */
type PeeringRule = (cluster: Peer, other: Peer) => readonly string[];

/** Returns messages about peering connections that AWS does not accept, or that do not lead where they should. */
export function refusedPeering(cluster: Peer, other: Peer): string[] {
  return RULES.flatMap((rule) => ifCertain(() => rule(cluster, other)) ?? []);
}

const networkOf = ({ definition }: Peer): Networking => definition.tfvars.networking;

const peeringsWith = (cluster: Peer, other: Peer) =>
  networkOf(cluster).vpc_peering_connections.filter((each) => each.cluster === other.name);

/** Returns the tiers of the cluster whose route tables lead to the other one. */
const tiersOf = (cluster: Peer, other: Peer): readonly RoutedTier[] =>
  peeringsWith(cluster, other).flatMap(({ tiers }) => tiers);

/** Returns the tiers of the other cluster whose route tables lead back. */
const peerTiersOf = (cluster: Peer, other: Peer): readonly RoutedTier[] =>
  peeringsWith(cluster, other).flatMap(({ peer_tiers = [] }) => peer_tiers);

const hasOneConnection: PeeringRule = (cluster, other) =>
  peeringsWith(other, cluster).length > 0 && compareText(cluster.name, other.name) > 0
    ? [
        `${other.name} already has a peering connection with this cluster, and two VPCs have one. Remove it from one of the two files`,
      ]
    : [];

const hasOwnTables: PeeringRule = (_, other) =>
  usesExistingVpc(networkOf(other))
    ? [`${other.name} uses an existing VPC, whose route tables are not managed here. Peer with it by peer_vpc_id`]
    : [];

/** Returns a rule that applies only if the other cluster has a new VPC. */
function inNewVpc(rule: PeeringRule): PeeringRule {
  return (cluster, other) => (usesExistingVpc(networkOf(other)) ? [] : rule(cluster, other));
}

/** The first ranges of both VPCs are compared with those of all connected clusters. */
const hasOtherRanges: PeeringRule = (cluster, other) => {
  const [own, theirs] = [networkOf(cluster), networkOf(other)];
  return vpcRanges(theirs).flatMap((range) => {
    const same = vpcRanges(own).find(
      (each) => overlaps(each, range) && (each !== own.vpc_cidr || range !== theirs.vpc_cidr),
    );
    if (same === undefined) return [];
    return [`${range} of ${other.name} overlaps ${same} of this VPC. AWS does not peer VPCs whose addresses overlap`];
  });
};

const isOnlyRoute: PeeringRule = (cluster, other) => {
  const tiers = tiersOf(cluster, other);
  return vpcRanges(networkOf(other)).flatMap((range) => {
    const way = routedRanges(networkOf(cluster)).find(
      (each) => contains(range, each.cidr) && each.tiers.some((tier) => tiers.includes(tier)),
    );
    if (way === undefined) return [];
    if (way.cidr === range)
      return [
        `${range} of ${other.name} is already routed to ${way.connection}, and a route table has one route to a range. Remove one of them`,
      ];
    return [
      `${way.cidr} is routed to ${way.connection} but is in ${range} of ${other.name}, so that part of its network could not be reached. Remove that route`,
    ];
  });
};

const hasPeerTiers: PeeringRule = (cluster, other) => {
  const missing = peerTiersOf(cluster, other).filter((tier) => !hasTier(networkOf(other), tier));
  const tiers = listed([...new Set(missing)]);
  return missing.length === 0 ? [] : [`${other.name} has no ${tiers} subnets. Remove ${tiers} from peer_tiers`];
};

/** An API that allows the other side answers by the route table of its own subnets, which requires the route too. */
function closedApi(
  { definition }: Peer,
  other: Peer,
  tiers: readonly RoutedTier[],
  key: "peer_tiers" | "tiers",
): readonly string[] {
  const { cluster } = definition.tfvars;
  const needed = controlPlaneTier(definition);
  if (tiers.includes(needed)) return [];
  const ranges = vpcRanges(networkOf(other));
  return cluster.private_access_cidrs
    .filter((cidr) => ranges.some((range) => contains(range, cidr)))
    .map(
      (cidr) =>
        `private_access_cidrs of ${definition.meta.CLUSTER_NAME} allows ${cidr} of ${other.name}, but the API answers from the ${needed} subnets, which have no route to it. Add ${needed} to ${key}`,
    );
}

const isInOnePartition: PeeringRule = ({ partition: here }, { name, partition: there }) =>
  here === undefined || there === undefined || here === there
    ? []
    : [`${name} is in partition ${there} and this cluster in ${here}. AWS peers VPCs within one partition only`];

const RULES: readonly PeeringRule[] = [
  hasOneConnection,
  hasOwnTables,
  ...[
    hasOtherRanges,
    isOnlyRoute,
    hasPeerTiers,
    (cluster: Peer, other: Peer) => closedApi(cluster, other, tiersOf(cluster, other), "tiers"),
    (cluster: Peer, other: Peer) => closedApi(other, cluster, peerTiersOf(cluster, other), "peer_tiers"),
    isInOnePartition,
  ].map(inNewVpc),
];
