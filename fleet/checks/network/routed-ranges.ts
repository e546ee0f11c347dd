import { contains, overlaps } from "../../../language/words/cidr";
import { ROUTED_TIERS, type RoutedTier } from "../../../language/words/subnet-tiers";
import type { Networking } from "../../model/cluster";
import { ANYWHERE } from "../../network/connections";
import { makesConnections, usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { vpcRanges } from "../../network/vpc-ranges";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;
const ANYWHERE_IPV6 = "::/0";

const LISTS = ["vpc_peering_connections", "transit_gateway_attachments", "vpn_connections"] as const;
type List = (typeof LISTS)[number];
type Family = "destination_cidrs" | "destination_ipv6_cidrs";

/** The keys that routed connections of all kinds have. */
interface Connection {
  readonly name: string;
  readonly tiers: readonly RoutedTier[];
  readonly destination_cidrs?: readonly string[] | undefined;
  readonly destination_ipv6_cidrs?: readonly string[] | undefined;
}

/** One range behind a connection. */
interface Route {
  readonly cidr: string;
  readonly list: List;
  readonly connection: Connection;
}

/** Returns the messages about one range. */
type RouteRule = (route: Route, networking: Networking, family: Family) => readonly string[];

/** Returns checks that apply a rule to each range that the definition routes to a connection. */
function eachRoute(family: Family, rule: RouteRule): readonly Check[] {
  return LISTS.map(
    (list): Check =>
      ({ definition }) => {
        const { networking } = definition.tfvars;
        if (!makesConnections(networking)) return [];
        const connections: readonly Connection[] = networking[list];
        return eachItem([...NETWORKING, list], connections, [
          (connection) =>
            eachItem([family], connection[family] ?? [], [
              (cidr) => rule({ cidr, list, connection }, networking, family).map((message) => ({ path: [], message })),
            ]),
        ]);
      },
  );
}

/**
 * Traffic to addresses of the VPC never leaves it. A larger range is a summary of networks, the VPC among them. AWS peers no VPCs
 * whose ranges overlap at all.
 */
const isOutsideVpc: RouteRule = ({ cidr, list }, networking) => {
  const peered = list === "vpc_peering_connections";
  return vpcRanges(networking)
    .filter((own) => overlaps(own, cidr) && (peered || own === cidr || !contains(cidr, own)))
    .map((own) =>
      peered
        ? `${cidr} overlaps ${own} of this VPC. AWS does not peer VPCs whose addresses overlap`
        : `${cidr} is within ${own} of this VPC, whose addresses are never routed out of it. Name the ranges on the other side`,
    );
};

/** Addresses of services in each VPC, such as instance metadata and DNS: "Subnet route tables" of the VPC user guide. */
const OF_AWS = "169.254.168.0/22";

/** AWS accepts a larger range and routes it, except for these addresses. */
const isNotOfAws: RouteRule = ({ cidr }) =>
  contains(OF_AWS, cidr)
    ? [`${cidr} is within ${OF_AWS}, which AWS reserves for its own services in each VPC. Remove it`]
    : [];

function isOutsideServices(services: string): RouteRule {
  return ({ cidr }) =>
    cidr === ANYWHERE || !overlaps(cidr, services)
      ? []
      : [
          `${cidr} overlaps service_ipv4_cidr ${services}, so pods could not reach these addresses. Name only ranges that are in use on the other side`,
        ];
}

const servicesAreNotRouted: Check = (subject) => {
  const { service_ipv4_cidr } = subject.definition.tfvars.cluster;
  return eachRoute("destination_cidrs", isOutsideServices(service_ipv4_cidr)).flatMap((check) => check(subject));
};

/** A route table has one route to a range. */
const isRoutedOnce: RouteRule = ({ cidr, connection }, networking, family) => {
  const routes = LISTS.flatMap((list) =>
    networking[list].flatMap((each: Connection) =>
      (each[family] ?? []).map((range): Route => ({ cidr: range, list, connection: each })),
    ),
  );
  const own = routes.findIndex((each) => each.connection === connection);
  const other = routes
    .slice(0, own)
    .find((each) => each.cidr === cidr && each.connection.tiers.some((tier) => connection.tiers.includes(tier)));
  if (other === undefined) return [];
  const name = `${other.list}[${other.connection.name}]`;
  return [`${cidr} is already routed to ${name}, and a route table has one route to a range. Remove one of them`];
};

const internetGatewayIsOnlyWay: RouteRule = ({ cidr, connection }, networking) =>
  (cidr === ANYWHERE || cidr === ANYWHERE_IPV6) &&
  connection.tiers.includes("public") &&
  hasTier(networking, "public") &&
  !(cidr === ANYWHERE_IPV6 && usesExistingVpc(networking))
    ? [`the public subnets already route ${cidr} to the internet gateway. Remove the tier public`]
    : [];

const natGatewayIsOnlyWay: RouteRule = ({ cidr, connection }, networking) =>
  cidr === ANYWHERE &&
  connection.tiers.includes("private") &&
  networking.nat_gateways !== "none" &&
  !usesExistingVpc(networking)
    ? [`the private subnets already route ${cidr} to NAT gateways. Set nat_gateways: none`]
    : [];

const egressOnlyGatewayIsOnlyWay: RouteRule = ({ cidr, connection }, networking) =>
  cidr === ANYWHERE_IPV6 &&
  connection.tiers.includes("private") &&
  networking.egress_only_internet_gateway &&
  !networking.private &&
  !usesExistingVpc(networking)
    ? [
        `the private subnets already route ${cidr} to the egress-only internet gateway. Set egress_only_internet_gateway: false`,
      ]
    : [];

const hasIpv6: RouteRule = (_, { ip_family }) =>
  ip_family === "ipv4" ? ["has no effect because ip_family is ipv4. Remove it, or set ip_family: dual_stack"] : [];

/** Returns a rule that applies only if the VPC has IPv6. */
function withIpv6(rule: RouteRule): RouteRule {
  return (route, networking, family) => (networking.ip_family === "ipv4" ? [] : rule(route, networking, family));
}

/** Default quota of routes in a route table, for IPv4 and for IPv6 (AWS, June 2025; before, it was 50). AWS raises it on request. */
const ROUTES_OF_TABLE = 500;

/** Warns of more routes than a table accepts, at the first connection whose routes do not fit. */
const routesFit: readonly Check[] = (["destination_cidrs", "destination_ipv6_cidrs"] as const).map(
  (family): Check =>
    ({ definition }) => {
      const { networking } = definition.tfvars;
      if (!makesConnections(networking)) return [];
      const connections = LISTS.flatMap((list) =>
        networking[list].map((connection: Connection, index) => ({
          connection,
          path: [...NETWORKING, list, index, family],
        })),
      );
      return ROUTED_TIERS.flatMap((tier): Finding[] => {
        let routes = 0;
        const over = connections.find(({ connection }) => {
          routes += connection.tiers.includes(tier) ? (connection[family] ?? []).length : 0;
          return routes > ROUTES_OF_TABLE;
        });
        if (over === undefined) return [];
        const message = `gives the route tables of the ${tier} subnets more routes than AWS's default quota of ${ROUTES_OF_TABLE}. Name larger ranges, use a prefix list, or request a higher quota`;
        return [{ path: over.path, message, severity: "warning" }];
      });
    },
);

export const routedRangeRules: readonly Check[] = [
  ...routesFit,
  ...[isOutsideVpc, isNotOfAws, isRoutedOnce, internetGatewayIsOnlyWay, natGatewayIsOnlyWay].flatMap((rule) =>
    eachRoute("destination_cidrs", rule),
  ),
  servicesAreNotRouted,
  ...[hasIpv6, ...[isRoutedOnce, internetGatewayIsOnlyWay, egressOnlyGatewayIsOnlyWay].map(withIpv6)].flatMap((rule) =>
    eachRoute("destination_ipv6_cidrs", rule),
  ),
];
