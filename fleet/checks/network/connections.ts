import { didYouMean, listed } from "../../../language/suggest";
import { namedTwice, sharedTwice } from "../../../language/twice";
import type { Networking } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { makesConnections, usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { regionOf } from "../../network/zones";
import type { Check, Finding } from "../../rules/finding";
import { noSubnets } from "../../rules/missing-subnets";

const NETWORKING = ["tfvars", "networking"] as const;

type Peering = Networking["vpc_peering_connections"][number];

/** Everything that has a name, and the lists within that name each thing once. */
export const checkLists: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  return [
    ...within(networking.vpc_peering_connections, "vpc_peering_connections", [
      "destination_cidrs",
      "peer_tiers",
      "tiers",
    ]),
    ...within(networking.transit_gateway_attachments, "transit_gateway_attachments", [
      "destination_cidrs",
      "destination_prefix_list_ids",
      "propagation_route_table_ids",
      "tiers",
    ]),
    ...within(networking.resolver_rules, "resolver_rules", ["target_ips"]),
    ...within(networking.vpn_connections, "vpn_connections", ["destination_cidrs", "tiers"]),
    ...within(networking.client_vpn_associations, "client_vpn_associations", [
      "access_group_ids",
      "availability_zones",
    ]),
  ];
};

function within<Key extends string, Item extends Readonly<Partial<Record<Key, readonly string[] | undefined>>>>(
  items: readonly Item[],
  list: string,
  keys: readonly Key[],
): Finding[] {
  return items.flatMap((item, index) =>
    keys.flatMap((key) => namedTwice(item[key] ?? [], [...NETWORKING, list, index, key])),
  );
}

/** Routes go into tables that there are. */
export const checkRoutedTiers: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (!makesConnections(networking)) return []; // which is told
  const lists = ["vpc_peering_connections", "transit_gateway_attachments", "vpn_connections"] as const;
  const given = [[...NETWORKING, "subnet_tiers"]];
  const routed = lists.flatMap((list) =>
    networking[list].flatMap(({ tiers }, index) =>
      tiers.map((tier, place) => ({ tier, path: [...NETWORKING, list, index, "tiers", place] })),
    ),
  );
  networking.vpn_gateway.propagation_tiers.forEach((tier, place) => {
    routed.push({ tier, path: [...NETWORKING, "vpn_gateway", "propagation_tiers", place] });
  });
  const people = networking.client_vpn_associations.map(({ tier }, index) => ({
    tier,
    path: [...NETWORKING, "client_vpn_associations", index, "tier"],
  }));
  if (usesExistingVpc(networking)) {
    const { route_table_ids } = networking.existing_vpc;
    const noTables = routed
      .filter(({ tier }) => route_table_ids[tier].length === 0)
      .map(({ path, tier }) => ({
        path,
        given: [[...NETWORKING, "existing_vpc", "route_table_ids", tier]],
        message: `needs the route tables of the ${tier} subnets: list them in existing_vpc.route_table_ids.${tier}, or leave ${tier} out`,
      }));
    const noSubnet = people.flatMap(({ path, tier }) => {
      const missing = noSubnets(networking, tier);
      return missing === undefined ? [] : [{ path, ...missing }];
    });
    return [...noTables, ...noSubnet];
  }
  const excluded = (["public", "private"] as const)
    .filter((tier) => networking.public_access_block_exclusions[tier] !== null)
    .map((tier) => ({ tier, path: [...NETWORKING, "public_access_block_exclusions", tier] }));
  return [...routed, ...people, ...excluded]
    .filter(({ tier }) => !hasTier(networking, tier))
    .map(({ path, tier }) => ({
      path,
      given,
      message: `the network has no ${tier} subnets: leave ${tier} out, or add it to subnet_tiers`,
    }));
};

/** A peering connection leads to a cluster or to another VPC, and says what belongs to the one it leads to. */
export const checkPeerings: Check = ({ definition, regions }) => {
  const path = [...NETWORKING, "vpc_peering_connections"];
  const { vpc_peering_connections } = definition.tfvars.networking;
  return [
    ...sharedTwice(
      vpc_peering_connections,
      ({ peer_vpc_id }) => peer_vpc_id,
      path,
      "peer_vpc_id",
      (id, first) => `${id} is what ${first} leads to already: two VPCs have one connection`,
    ),
    ...vpc_peering_connections.flatMap((peering, index) =>
      [...otherSide(peering, Object.keys(regions)), ...otherPartition(peering, { definition, regions })].map(
        ({ path: key, ...finding }) => ({ ...finding, path: [...path, index, ...key] }),
      ),
    ),
  ];
};

function otherSide(peering: Peering, regions: readonly string[]): Finding[] {
  const { cluster, destination_cidrs, peer_region, peer_tiers, peer_vpc_id } = peering;
  if ((cluster === undefined) === (peer_vpc_id === undefined)) {
    const found = cluster === undefined ? "neither cluster nor" : "both cluster and";
    return [{ path: [], message: `names ${found} peer_vpc_id: name the one that it leads to` }];
  }
  if (cluster !== undefined) {
    const foreign = (["peer_owner_id", "peer_region", "destination_cidrs", "destination_ipv6_cidrs"] as const)
      .filter((key) => peering[key] !== undefined)
      .map((key) => ({ path: [key], message: `is known of the cluster ${cluster}: remove it` }));
    if (peer_tiers !== undefined) return foreign;
    return [...foreign, { path: [], message: "needs peer_tiers: whose tables of the other cluster lead back" }];
  }
  const findings: Finding[] = [];
  if (peer_tiers !== undefined)
    findings.push({ path: ["peer_tiers"], message: "belongs to cluster: of another VPC no table is ours. Remove it" });
  if (destination_cidrs === undefined)
    findings.push({ path: [], message: "needs destination_cidrs: the ranges of peer_vpc_id" });
  if (peer_region !== undefined && regions.length > 0 && !regions.includes(peer_region))
    findings.push({
      path: ["peer_region"],
      message: `unknown region ${JSON.stringify(peer_region)}${didYouMean(peer_region, regions) || `; regions.yaml lists ${listed(regions, 40)}`}`,
    });
  return findings;
}

function otherPartition({ peer_region }: Peering, subject: Pick<Subject, "definition" | "regions">): Finding[] {
  const { regions } = subject;
  if (peer_region === undefined || !Object.hasOwn(regions, peer_region)) return [];
  const [here, there] = [regionOf(subject)?.partition, regions[peer_region]?.partition];
  if (here === undefined || there === here) return [];
  const message = `${peer_region} is in partition ${there}, and this cluster in ${here}: AWS peers within one only`;
  return [{ path: ["peer_region"], given: [["tfvars", "common", "aws_region"]], message }];
}

/** A transit gateway has the VPC once, and something is routed to it. */
export const checkTransitGateways: Check = ({ definition }) => {
  const path = [...NETWORKING, "transit_gateway_attachments"];
  const attachments = definition.tfvars.networking.transit_gateway_attachments;
  const idle = attachments.flatMap((attachment, index): Finding[] => {
    const { destination_ipv6_cidrs = [], destination_prefix_list_ids = [] } = attachment;
    const routed = [...attachment.destination_cidrs, ...destination_ipv6_cidrs, ...destination_prefix_list_ids];
    if (routed.length > 0) return [];
    const message = "routes nothing there: name ranges in destination_cidrs, or lists in destination_prefix_list_ids";
    const given = ["destination_ipv6_cidrs", "destination_prefix_list_ids"].map((key) => [...path, index, key]);
    return [{ path: [...path, index, "destination_cidrs"], given, message }];
  });
  const twice = sharedTwice(
    attachments,
    ({ transit_gateway_id }) => transit_gateway_id,
    path,
    "transit_gateway_id",
    (id, first) => `${id} is what ${first} attaches already: a gateway has a VPC once`,
  );
  return [...idle, ...twice];
};
