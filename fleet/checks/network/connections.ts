import { namedTwice, sharedTwice } from "../../../language/twice";
import type { RoutedTier } from "../../../language/words/subnet-tiers";
import type { Networking } from "../../model/cluster";
import { makesConnections, usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { requires } from "../../rules/forms";
import { noSubnets } from "../../rules/missing-subnets";

const NETWORKING = ["tfvars", "networking"] as const;

type ConnectionList =
  | "client_vpn_associations"
  | "resolver_rules"
  | "transit_gateway_attachments"
  | "vpc_peering_connections"
  | "vpn_connections";

/** Returns a check that each item of a list names each thing once in its own lists. */
function listsOnce<List extends ConnectionList>(list: List, keys: readonly (keyof Networking[List][number])[]): Check {
  return ({ definition }) => {
    const items: readonly Networking[List][number][] = definition.tfvars.networking[list];
    const rules = keys.map((key) => (item: Networking[List][number]) => {
      const values = item[key];
      return Array.isArray(values) ? namedTwice(values, [String(key)]) : [];
    });
    return eachItem([...NETWORKING, list], items, rules);
  };
}

/** Returns a check of the tiers whose route tables lead to the connections of a list. */
function routedTiersExist(list: "transit_gateway_attachments" | "vpc_peering_connections" | "vpn_connections"): Check {
  return ({ definition }) => {
    const { networking } = definition.tfvars;
    if (!makesConnections(networking)) return [];
    const items: readonly { readonly tiers: readonly RoutedTier[] }[] = networking[list];
    return eachItem([...NETWORKING, list], items, [
      ({ tiers }) => eachItem(["tiers"], tiers, [(tier) => withoutTables(networking, tier)]),
    ]);
  };
}

const propagationTiersExist: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (!makesConnections(networking)) return [];
  const path = [...NETWORKING, "vpn_gateway", "propagation_tiers"];
  return eachItem(path, networking.vpn_gateway.propagation_tiers, [(tier) => withoutTables(networking, tier)]);
};

function withoutTables(networking: Networking, tier: RoutedTier): Finding[] {
  if (!usesExistingVpc(networking)) return withoutTier(networking, tier);
  if (networking.existing_vpc.route_table_ids[tier].length > 0) return [];
  const remedy = `List them in existing_vpc.route_table_ids.${tier} or remove ${tier}`;
  return [requires([], `the route tables of the ${tier} subnets`, remedy)];
}

function withoutTier(networking: Networking, tier: RoutedTier): Finding[] {
  if (hasTier(networking, tier)) return [];
  return [{ path: [], message: `the network has no ${tier} subnets. Remove ${tier} or add it to subnet_tiers` }];
}

const clientVpnTiersExist: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (!makesConnections(networking)) return [];
  return eachItem([...NETWORKING, "client_vpn_associations"], networking.client_vpn_associations, [
    ({ tier }) => {
      const missing = noSubnets(networking, tier);
      return missing === undefined ? [] : [{ path: ["tier"], ...missing }];
    },
  ]);
};

const routedSomewhere: Check = ({ definition }) =>
  eachItem([...NETWORKING, "transit_gateway_attachments"], definition.tfvars.networking.transit_gateway_attachments, [
    ({ destination_cidrs, destination_ipv6_cidrs = [], destination_prefix_list_ids = [] }) => {
      if (destination_cidrs.length + destination_ipv6_cidrs.length + destination_prefix_list_ids.length > 0) return [];
      const message = "nothing is routed to the transit gateway. Set destination_cidrs or destination_prefix_list_ids";
      return [{ path: ["destination_cidrs"], message }];
    },
  ]);

const attachedOnce: Check = ({ definition }) =>
  sharedTwice(
    definition.tfvars.networking.transit_gateway_attachments,
    ({ transit_gateway_id }) => transit_gateway_id,
    [...NETWORKING, "transit_gateway_attachments"],
    "transit_gateway_id",
    (id, first) => `${first} already attaches ${id}, which accepts one attachment per VPC. Remove one of them`,
  );

export const connectionRules: readonly Check[] = [
  listsOnce("vpc_peering_connections", ["destination_cidrs", "destination_ipv6_cidrs", "peer_tiers", "tiers"]),
  listsOnce("transit_gateway_attachments", [
    "destination_cidrs",
    "destination_ipv6_cidrs",
    "destination_prefix_list_ids",
    "propagation_route_table_ids",
    "tiers",
  ]),
  listsOnce("resolver_rules", ["target_ips"]),
  listsOnce("vpn_connections", ["destination_cidrs", "tiers"]),
  listsOnce("client_vpn_associations", ["access_group_ids", "availability_zones"]),
  routedTiersExist("vpc_peering_connections"),
  routedTiersExist("transit_gateway_attachments"),
  routedTiersExist("vpn_connections"),
  propagationTiersExist,
  clientVpnTiersExist,
  routedSomewhere,
  attachedOnce,
];
