import { Route, type RouteConfig } from "@cdktf/provider-aws/lib/route";
import type { Construct } from "constructs";
import type { RoutedTier } from "../../../language/words/subnet-tiers";
import { CompositionError } from "../../composition-error";
import type { NetworkRef } from "../network-ref";

/** Target of a route, and the resources that the route depends on. */
export type RouteTarget = Pick<
  RouteConfig,
  "gatewayId" | "transitGatewayId" | "vpcPeeringConnectionId" | "dependsOn" | "provider"
>;

/** A route table by a key that stays what it is: its tier, with its zone where each zone has a table of its own. */
export interface KeyedTable {
  readonly key: string;
  readonly id: string;
}

/** Tables that exist have ids that are known, and are called by them: a table may serve several tiers, and gets a route once. */
const KNOWN_ID = /^rtb-[0-9a-f]{8,17}$/;

/** The route tables of tiers. */
export function tablesOf(
  scope: Construct,
  network: Pick<NetworkRef, "route_table_ids" | "subnet_ids">,
  tiers: readonly RoutedTier[],
): readonly KeyedTable[] {
  const keyed = tiers.flatMap((tier): KeyedTable[] => {
    const ids = network.route_table_ids[tier] ?? [];
    const [only, ...others] = ids;
    if (only === undefined) throw new CompositionError(scope, `the network has no route table of the tier ${tier}`);
    if (KNOWN_ID.test(only)) return ids.map((id) => ({ key: id, id }));
    const zones = Object.keys(network.subnet_ids[tier] ?? {});
    if (others.length === 0 && zones.length !== 1) return [{ key: tier, id: only }];
    return ids.map((id, place) => ({ key: `${tier}-${zones[place] ?? place}`, id }));
  });
  return keyed.filter(({ key }, place) => keyed.findIndex((other) => other.key === key) === place);
}

/** Destinations of routes. */
export interface Destinations {
  readonly cidrs: readonly string[];
  readonly ipv6Cidrs?: readonly string[];
  /** An IPv6 block that is known once the other side is there. */
  readonly ipv6BlockOfPeer?: string | undefined;
  readonly prefixLists?: readonly string[];
}

/** Routes to ranges and prefix lists in tables. Each is a resource of its own: another range or zone moves none. */
export function addRoutes(
  scope: Construct,
  { cidrs, ipv6BlockOfPeer, ipv6Cidrs = [], prefixLists = [] }: Destinations,
  tables: readonly KeyedTable[],
  target: RouteTarget,
): void {
  for (const { key, id: routeTableId } of tables) {
    for (const destinationCidrBlock of cidrs) {
      const id = `${key}-to-${destinationCidrBlock.replaceAll(/[./]/g, "-")}`;
      new Route(scope, id, { routeTableId, destinationCidrBlock, ...target });
    }
    for (const destinationIpv6CidrBlock of ipv6Cidrs) {
      const id = `${key}-to-${destinationIpv6CidrBlock.replaceAll(/[:/]/g, "-")}`;
      new Route(scope, id, { routeTableId, destinationIpv6CidrBlock, ...target });
    }
    if (ipv6BlockOfPeer !== undefined) {
      new Route(scope, `${key}-to-ipv6`, { routeTableId, destinationIpv6CidrBlock: ipv6BlockOfPeer, ...target });
    }
    for (const destinationPrefixListId of prefixLists) {
      new Route(scope, `${key}-to-${destinationPrefixListId}`, { routeTableId, destinationPrefixListId, ...target });
    }
  }
}
