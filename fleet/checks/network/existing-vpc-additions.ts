import { namedTwice } from "../../../language/twice";
import { ROUTED_TIERS } from "../../../language/words/subnet-tiers";
import type { Networking } from "../../model/cluster";
import { gatewayEndpoints } from "../../network/endpoints";
import type { Finding } from "../../rules/finding";

const EXISTING = ["tfvars", "networking", "existing_vpc"] as const;

/**
 * Whether a key means something for a VPC that exists, or describes one that we make, or which switch makes it mean something.
 * Exhaustive, so that no key is forgotten.
 */
export const USED_THERE: Readonly<Record<keyof Networking, boolean | "add_connections" | "add_endpoints">> = {
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

/** What is added to the VPC has something to add, and tables to be routed by. */
export function additions(networking: Networking): Finding[] {
  const { add_connections, add_endpoints, route_table_ids } = networking.existing_vpc;
  const path = [...EXISTING, "route_table_ids"];
  const findings: Finding[] = ROUTED_TIERS.flatMap((tier) => namedTwice(route_table_ids[tier], [...path, tier]));
  const none = Object.values(route_table_ids).every((ids) => ids.length === 0);
  if (!none && !add_connections && !add_endpoints) {
    const message = "has no effect: nothing is routed by them without add_connections or add_endpoints. Remove it";
    findings.push({ path, message });
  }
  const gateways = gatewayEndpoints(networking);
  if (add_endpoints && none && gateways.length > 0) {
    const message = `needs route_table_ids: gateway endpoints (${gateways.join(", ")}) are routes in them. List the tables, or set gateway_endpoints: []${networking.private ? " and private: false" : ""}`;
    findings.push({
      path: [...EXISTING, "add_endpoints"],
      given: ROUTED_TIERS.map((tier) => [...path, tier]),
      message,
    });
  }
  if (add_endpoints && gateways.length + networking.interface_endpoints.length === 0) {
    const message = "has no effect: no endpoint is listed. Remove it, or list one";
    findings.push({ own: true, path: [...EXISTING, "add_endpoints"], message });
  }
  const connections = Object.entries(USED_THERE).flatMap(([key, by]) =>
    by === "add_connections" && key !== "vpn_gateway" ? [networking[key as keyof Networking]] : [],
  );
  const idle = connections.every((list) => Array.isArray(list) && list.length === 0);
  const gateway = networking.vpn_gateway.id !== null || networking.vpn_gateway.propagation_tiers.length > 0;
  if (add_connections && idle && !gateway) {
    const message = "has no effect: no connection is listed. Remove it, or list one";
    findings.push({ own: true, path: [...EXISTING, "add_connections"], message });
  }
  return findings;
}
