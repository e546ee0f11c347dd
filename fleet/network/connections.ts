import type { RoutedTier } from "../../language/words/subnet-tiers";
import type { Path } from "../../language/yaml/tree";
import type { Networking } from "../model/cluster";
import { makesConnections } from "./existing-vpc";

/** A range that lies behind a connection, and the tables that lead there. */
export interface RoutedRange {
  readonly cidr: string;
  /** Its path below `networking`. */
  readonly path: Path;
  /** The connection as messages name it. */
  readonly connection: string;
  readonly tiers: readonly RoutedTier[];
  /** AWS peers no VPCs whose ranges overlap; other ways may lead to a range that holds the VPC's own, which stays nearer. */
  readonly may_hold_vpc: boolean;
}

export const ANYWHERE = "0.0.0.0/0";

/** Lists of connections that have ranges behind them which the definition itself names. */
const ROUTED = ["vpc_peering_connections", "transit_gateway_attachments", "vpn_connections"] as const;

/** Every range that a connection of the definition leads to; those of peered clusters are their own. */
export function routedRanges(networking: Networking): readonly RoutedRange[] {
  if (!makesConnections(networking)) return [];
  return ROUTED.flatMap((list) =>
    networking[list].flatMap(({ destination_cidrs = [], name, tiers }, index) =>
      destination_cidrs.map((cidr, place) => ({
        cidr,
        path: [list, index, "destination_cidrs", place],
        connection: `${list}[${name}]`,
        tiers,
        may_hold_vpc: list !== "vpc_peering_connections",
      })),
    ),
  );
}

/** True if nodes of a tier reach the internet through a connection. */
export function leadsOutElsewhere(networking: Networking, tier: RoutedTier = "private"): boolean {
  return routedRanges(networking).some(({ cidr, tiers }) => cidr === ANYWHERE && tiers.includes(tier));
}

/** Returns the places at which networks of several clusters can meet, in any account, as a message describes another cluster. */
export function meetingPlaces(networking: Networking): readonly string[] {
  if (!makesConnections(networking)) return [];
  const { client_vpn_associations, transit_gateway_attachments, vpn_connections } = networking;
  const devices = vpn_connections.flatMap(({ customer_gateway, customer_gateway_id }) => [
    ...(customer_gateway === undefined ? [] : [customer_gateway.ip_address]),
    ...(customer_gateway_id === undefined ? [] : [customer_gateway_id]),
  ]);
  return [
    ...transit_gateway_attachments.map(({ transit_gateway_id: id }) => `is attached to ${id} too`),
    ...devices.map((device) => `has a VPN connection to ${device} too`),
    ...client_vpn_associations.map(({ client_vpn_endpoint_id: id }) => `is reached by ${id} too`),
  ];
}
