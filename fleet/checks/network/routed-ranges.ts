import { contains, overlaps } from "../../../language/words/cidr";
import type { Networking } from "../../model/cluster";
import { ANYWHERE, type RoutedRange, routedRanges } from "../../network/connections";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { vpcRanges } from "../../network/vpc-ranges";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;
const VPC_CIDR = [...NETWORKING, "vpc_cidr"] as const;
const SERVICES = ["tfvars", "cluster", "service_ipv4_cidr"] as const;

/** What lies behind connections has addresses that neither the VPC nor the Services have, and one way leads there. */
export const checkRoutedRanges: Check = ({ definition }) => {
  const { networking, cluster } = definition.tfvars;
  const routed = routedRanges(networking);
  return routed.flatMap((range, index): Finding[] => {
    const path = [...NETWORKING, ...range.path];
    const messages = [
      ...withVpc(range, networking),
      ...withAws(range.cidr),
      ...withServices(range.cidr, cluster.service_ipv4_cidr),
      ...sameRoute(range, routed.slice(0, index)),
      ...wayOut(range, networking),
    ];
    const given = [VPC_CIDR, SERVICES, [...NETWORKING, "nat_gateways"]];
    return messages.map((message) => ({ path, given, message }));
  });
};

/** Traffic to the VPC's own addresses never leaves it. A larger range is a summary, of which the VPC is the nearer part. */
function withVpc({ cidr, may_hold_vpc }: RoutedRange, networking: Networking): string[] {
  return vpcRanges(networking)
    .filter((own) => overlaps(own, cidr) && !(may_hold_vpc && own !== cidr && contains(cidr, own)))
    .map((own) =>
      may_hold_vpc
        ? `${cidr} lies in ${own} of this VPC, whose addresses are never routed out of it: name the ranges on the other side`
        : `${cidr} overlaps ${own} of this VPC: AWS peers no VPCs that share addresses`,
    );
}

/** What instances find in every VPC, such as their metadata and DNS: "Subnet route tables" of the VPC user guide. */
const OF_AWS = "169.254.168.0/22";

/** A larger range is taken, and leads there all the same but for these addresses. */
function withAws(cidr: string): string[] {
  if (!contains(OF_AWS, cidr)) return [];
  return [
    `${cidr} lies in ${OF_AWS}, which AWS keeps for services of its own in every VPC, and takes no route to: leave it out`,
  ];
}

function withServices(cidr: string, services: string): string[] {
  if (cidr === ANYWHERE || !overlaps(cidr, services)) return [];
  return [
    `${cidr} overlaps service_ipv4_cidr ${services}: pods would never reach those addresses of the other side. Name the ranges that are in use there`,
  ];
}

function sameRoute(range: RoutedRange, before: readonly RoutedRange[]): string[] {
  const other = before.find(
    ({ cidr, connection, tiers }) =>
      cidr === range.cidr && connection !== range.connection && tiers.some((tier) => range.tiers.includes(tier)),
  );
  return other === undefined
    ? []
    : [`${range.cidr} is routed to ${other.connection} already: a table has one way to a range`];
}

/** Public subnets go out by the internet gateway, private ones by NAT gateways where there are any. */
function wayOut({ cidr, tiers }: RoutedRange, networking: Networking): string[] {
  if (cidr !== ANYWHERE) return [];
  const messages: string[] = [];
  if (tiers.includes("public") && hasTier(networking, "public"))
    messages.push(`${ANYWHERE} of the tier public leads to the internet gateway already: leave that tier out`);
  if (tiers.includes("private") && networking.nat_gateways !== "none" && !usesExistingVpc(networking))
    messages.push(`${ANYWHERE} of the tier private leads to the NAT gateways already: set nat_gateways: none`);
  return messages;
}
