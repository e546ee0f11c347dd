import type { Tfvars } from "../model/cluster";
import { interfaceEndpoints } from "../network/endpoints";
import { makesConnections } from "../network/existing-vpc";

/** Free addresses that EKS requires in each of its subnets, for its interfaces and for their update: EKS's guide to networking. */
const CONTROL_PLANE = 6;

/**
 * Addresses that are taken in each subnet of the control plane, whatever runs: its own interfaces, one of each endpoint, transit
 * gateway and DNS resolver.
 */
export function fixedAddresses(tfvars: Tfvars): number {
  const { networking } = tfvars;
  const endpoints = interfaceEndpoints(tfvars).length;
  if (!makesConnections(networking)) return CONTROL_PLANE + endpoints;
  const resolver = networking.resolver_rules.some(({ resolver_endpoint_id }) => resolver_endpoint_id === undefined);
  return CONTROL_PLANE + endpoints + networking.transit_gateway_attachments.length + (resolver ? 1 : 0);
}
