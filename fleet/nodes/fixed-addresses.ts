import type { Tfvars } from "../model/cluster";
import { interfaceEndpoints } from "../network/endpoints";
import { makesConnections } from "../network/existing-vpc";

/** Free addresses that EKS requires in each of its subnets, for its interfaces and for their update: EKS's guide to networking. */
export const CONTROL_PLANE_ADDRESSES = 6;

/** Returns the addresses that endpoints, transit gateways and the DNS resolver use in each of their subnets, whatever runs. */
export function connectionAddresses(tfvars: Tfvars): number {
  const { networking } = tfvars;
  const endpoints = interfaceEndpoints(tfvars).length;
  if (!makesConnections(networking)) return endpoints;
  const resolver = networking.resolver_rules.some(({ resolver_endpoint_id }) => resolver_endpoint_id === undefined);
  return endpoints + networking.transit_gateway_attachments.length + (resolver ? 1 : 0);
}
