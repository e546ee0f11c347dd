import { namedTwice } from "../../../language/twice";
import type { RoutedTier } from "../../../language/words/subnet-tiers";
import type { Path } from "../../../language/yaml/tree";
import type { Networking } from "../../model/cluster";
import { makesConnections, usesExistingVpc } from "../../network/existing-vpc";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;
const ANYWHERE = "::/0";

interface Ipv6Range {
  readonly cidr: string;
  readonly path: Path;
  readonly connection: string;
  readonly tiers: readonly RoutedTier[];
}

/** IPv6 ranges are routed where there is IPv6, and one way each. */
export const checkRoutedIpv6: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (!makesConnections(networking)) return []; // which is told
  const ranges = ipv6Ranges(networking);
  return ranges
    .flatMap((range, index): Finding[] => {
      const given = [[...NETWORKING, "ip_family"]];
      const messages =
        networking.ip_family === "ipv4"
          ? ["has no effect while ip_family is ipv4: remove it, or set ip_family: dual_stack"]
          : [...sameRoute(range, ranges.slice(0, index)), ...wayOut(range, networking)];
      return messages.map((message) => ({ path: range.path, given, message }));
    })
    .concat(twice(networking));
};

const LISTS = ["vpc_peering_connections", "transit_gateway_attachments"] as const;

function ipv6Ranges(networking: Networking): readonly Ipv6Range[] {
  return LISTS.flatMap((list) =>
    networking[list].flatMap(({ destination_ipv6_cidrs = [], name, tiers }, index) =>
      destination_ipv6_cidrs.map((cidr, place) => ({
        cidr,
        tiers,
        path: [...NETWORKING, list, index, "destination_ipv6_cidrs", place],
        connection: `${list}[${name}]`,
      })),
    ),
  );
}

function twice(networking: Networking): Finding[] {
  return LISTS.flatMap((list) =>
    networking[list].flatMap(({ destination_ipv6_cidrs = [] }, index) =>
      namedTwice(destination_ipv6_cidrs, [...NETWORKING, list, index, "destination_ipv6_cidrs"]),
    ),
  );
}

function sameRoute({ cidr, connection, tiers }: Ipv6Range, before: readonly Ipv6Range[]): string[] {
  const other = before.find(
    (each) => each.cidr === cidr && each.connection !== connection && each.tiers.some((tier) => tiers.includes(tier)),
  );
  return other === undefined
    ? []
    : [`${cidr} is routed to ${other.connection} already: a table has one way to a range`];
}

/** Public subnets go out by the internet gateway, private ones by the egress-only one where there is one. */
function wayOut({ cidr, tiers }: Ipv6Range, networking: Networking): string[] {
  if (cidr !== ANYWHERE || usesExistingVpc(networking)) return [];
  const messages: string[] = [];
  if (tiers.includes("public"))
    messages.push(`${ANYWHERE} of the tier public leads to the internet gateway already: leave that tier out`);
  if (tiers.includes("private") && networking.egress_only_internet_gateway && !networking.private)
    messages.push(
      `${ANYWHERE} of the tier private leads to the egress-only gateway already: set egress_only_internet_gateway: false`,
    );
  return messages;
}
