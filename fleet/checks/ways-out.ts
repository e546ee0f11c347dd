import type { Networking } from "../cluster";
import { leadsOutElsewhere } from "../connections";
import { usesExistingVpc } from "../existing-vpc";
import { hasTier } from "../subnets";
import type { Check, Finding, Subject } from "./finding";
import { zonesOf } from "./networking";

const NETWORKING = ["tfvars", "networking"] as const;
const NAT = [...NETWORKING, "nat_gateways"] as const;
const ADDRESSES = [...NETWORKING, "nat_gateway_eip_allocation_ids"] as const;

/** What a node and the VPC CNI call before anything else runs: interfaces, images, roles. Layers of images come from S3. */
const NEEDED = ["ec2", "ecr.api", "ecr.dkr", "eks-auth", "sts"] as const;

/** Gateways to the internet where there can be any, and nodes that reach what they cannot start without. */
export const checkWaysOut: Check = (subject) => {
  const { networking } = subject.definition.tfvars;
  if (usesExistingVpc(networking)) return [];
  return [...gateways(networking), ...addresses(networking, subject), ...egressOnly(networking)];
};

function gateways(networking: Networking): Finding[] {
  if (networking.private) return []; // has rules of its own
  const { nat_gateways, gateway_endpoints } = networking;
  if (nat_gateways !== "none") {
    if (hasTier(networking, "public")) return [];
    const message = `${nat_gateways} needs public subnets, which the gateways are in: add public to subnet_tiers, or set nat_gateways: none`;
    return [{ path: NAT, given: [[...NETWORKING, "subnet_tiers"]], message }];
  }
  const interfaces = new Set<string>(networking.interface_endpoints);
  const missing = [
    ...NEEDED.filter((service) => !interfaces.has(service)),
    ...(gateway_endpoints.includes("s3") ? [] : ["s3"]),
  ];
  if (missing.length === 0 || leadsOutElsewhere(networking)) return [];
  const message = `leaves nodes without a way to ${missing.join(", ")}: they could neither join nor pull an image. Take single or per_zone, set private: true, which has every endpoint that is needed, or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN`;
  return [{ path: NAT, message }];
}

function addresses({ nat_gateways, nat_gateway_eip_allocation_ids }: Networking, subject: Subject): Finding[] {
  const ids = nat_gateway_eip_allocation_ids;
  const zones = zonesOf(subject).length;
  if (ids.length === 0 || zones === 0) return [];
  const needed = { none: 0, single: 1, per_zone: zones }[nat_gateways];
  const twice: Finding[] = ids.flatMap((id, index) =>
    ids.indexOf(id) < index
      ? [{ path: [...ADDRESSES, index], message: `names ${id} twice: each gateway has its own` }]
      : [],
  );
  if (ids.length === needed) return twice;
  const given = [NAT, [...NETWORKING, "availability_zones"], ["tfvars", "common", "aws_region"]];
  const message = `must be ${needed === 0 ? "empty" : `${needed}, one for each NAT gateway`} while nat_gateways is ${nat_gateways}${nat_gateways === "per_zone" ? ` in ${zones} zones` : ""}, got ${ids.length}`;
  return [...twice, { path: ADDRESSES, given, message }];
}

function egressOnly({ ip_family, private: isPrivate }: Networking): Finding[] {
  if (ip_family !== "ipv4" && !isPrivate) return [];
  const why = isPrivate ? "a private network has no gateway" : "ip_family is ipv4";
  return [
    {
      own: true,
      path: [...NETWORKING, "egress_only_internet_gateway"],
      message: `has no effect while ${why}: remove it`,
    },
  ];
}
