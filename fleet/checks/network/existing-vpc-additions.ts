import { namedTwice } from "../../../language/twice";
import { ROUTED_TIERS, type RoutedTier } from "../../../language/words/subnet-tiers";
import type { Networking } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { gatewayEndpoints } from "../../network/endpoints";
import { usesExistingVpc } from "../../network/existing-vpc";
import type { Check, Finding } from "../../rules/finding";
import { noEffect, requires } from "../../rules/forms";

const NETWORKING = ["tfvars", "networking"] as const;
const EXISTING = [...NETWORKING, "existing_vpc"] as const;
const TABLES = [...EXISTING, "route_table_ids"] as const;

/**
 * True for a key that has an effect in an existing VPC, false for one that describes a new VPC, or the switch that gives it an
 * effect. Exhaustive, so that no key is forgotten.
 */
const USED_THERE: Readonly<Record<keyof Networking, boolean | "add_connections" | "add_endpoints">> = {
  vpc_cidr: true,
  existing_vpc: true,
  ip_family: true,
  availability_zones: true,
  local_zones: true,
  connected_to: true,
  private: true,
  instance_tenancy: false,
  subnet_tiers: false,
  secondary_cidr_blocks: false,
  map_public_ip_on_launch: false,
  private_dns_hostname_type_on_launch: false,
  nat_gateways: false,
  nat_gateway_eip_allocation_ids: false,
  egress_only_internet_gateway: false,
  subnet_prefix_lengths: false,
  subnet_ranges: false,
  subnet_tags: false,
  gateway_endpoints: "add_endpoints",
  interface_endpoints: "add_endpoints",
  endpoint_policy: "add_endpoints",
  organization_id: "add_endpoints",
  flow_logs: false,
  dhcp_options: false,
  public_access_block_exclusions: false,
  vpc_peering_connections: "add_connections",
  transit_gateway_attachments: "add_connections",
  private_zones: "add_connections",
  private_zone_associations: "add_connections",
  resolver_rules: "add_connections",
  resolver_rule_associations: "add_connections",
  vpn_gateway: "add_connections",
  vpn_connections: "add_connections",
  client_vpn_associations: "add_connections",
};

function isExisting({ definition }: Subject): boolean {
  return usesExistingVpc(definition.tfvars.networking);
}

const changesNoVpc: Check = (subject) => {
  if (!isExisting(subject)) return [];
  const { existing_vpc } = subject.definition.tfvars.networking;
  return Object.entries(USED_THERE).flatMap(([key, used]): Finding[] => {
    if (used === true || (used !== false && existing_vpc[used])) return [];
    const remedy = used === false ? undefined : `or set existing_vpc.${used}: true`;
    return [{ own: true, ...noEffect([...NETWORKING, key], "an existing VPC is not changed", remedy) }];
  });
};

/** Returns a check that the route tables of a tier are listed once. */
function tablesOnce(tier: RoutedTier): Check {
  return (subject) =>
    isExisting(subject)
      ? namedTwice(subject.definition.tfvars.networking.existing_vpc.route_table_ids[tier], [...TABLES, tier])
      : [];
}

const hasTables = ({ existing_vpc }: Networking): boolean =>
  Object.values(existing_vpc.route_table_ids).some((ids) => ids.length > 0);

const usesTables: Check = (subject) => {
  const { networking } = subject.definition.tfvars;
  const { add_connections, add_endpoints } = networking.existing_vpc;
  if (!isExisting(subject) || add_connections || add_endpoints || !hasTables(networking)) return [];
  return [noEffect(TABLES, "neither add_connections nor add_endpoints is true")];
};

const routesGatewayEndpoints: Check = (subject) => {
  const { networking } = subject.definition.tfvars;
  if (!isExisting(subject) || !networking.existing_vpc.add_endpoints || hasTables(networking)) return [];
  const gateways = gatewayEndpoints(networking);
  if (gateways.length === 0) return [];
  const without = networking.private ? "gateway_endpoints: [] and private: false" : "gateway_endpoints: []";
  const what = `route_table_ids, because gateway endpoints (${gateways.join(", ")}) are routes in these tables`;
  return [requires([...EXISTING, "add_endpoints"], what, `List the tables or set ${without}`)];
};

const addsEndpoints: Check = (subject) => {
  const { networking } = subject.definition.tfvars;
  if (!isExisting(subject) || !networking.existing_vpc.add_endpoints) return [];
  if (gatewayEndpoints(networking).length + networking.interface_endpoints.length > 0) return [];
  return [{ own: true, ...noEffect([...EXISTING, "add_endpoints"], "no endpoint is listed", "or list one") }];
};

const addsConnections: Check = (subject) => {
  const { networking } = subject.definition.tfvars;
  if (!isExisting(subject) || !networking.existing_vpc.add_connections) return [];
  const connected = Object.entries(USED_THERE).some(([key, by]) => {
    const list: unknown = networking[key as keyof Networking];
    return by === "add_connections" && Array.isArray(list) && list.length > 0;
  });
  const { id, propagation_tiers } = networking.vpn_gateway;
  if (connected || id !== null || propagation_tiers.length > 0) return [];
  return [{ own: true, ...noEffect([...EXISTING, "add_connections"], "no connection is listed", "or list one") }];
};

export const existingVpcAdditionRules: readonly Check[] = [
  changesNoVpc,
  ...ROUTED_TIERS.map(tablesOnce),
  usesTables,
  routesGatewayEndpoints,
  addsEndpoints,
  addsConnections,
];
