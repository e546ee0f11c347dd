import type { Path } from "../../../language/yaml/tree";
import type { Networking, Tfvars } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { leadsOutElsewhere } from "../../network/connections";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { zonesOf } from "../../network/zones";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;
const NAT = [...NETWORKING, "nat_gateways"] as const;
const ADDRESSES = [...NETWORKING, "nat_gateway_eip_allocation_ids"] as const;

/** What a node and the VPC CNI call before anything else runs: interfaces, images, roles. Layers of images come from S3. */
const NEEDED = ["ec2", "ecr.api", "ecr.dkr", "eks-auth", "sts"] as const;

/** What a pod on Fargate calls before it runs: the machine under it is AWS's, and Pod Identity is not there. */
const NEEDED_ON_FARGATE = ["ecr.api", "ecr.dkr"] as const;

/** Gateways to the internet where there can be any, and nodes that reach what they cannot start without. */
export const checkWaysOut: Check = (subject) => {
  const { networking } = subject.definition.tfvars;
  if (usesExistingVpc(networking)) return [];
  return [
    ...gateways(networking),
    ...intraNodes(subject.definition.tfvars),
    ...addresses(networking, subject),
    ...egressOnly(networking),
  ];
};

function gateways(networking: Networking): Finding[] {
  if (networking.private) return []; // has rules of its own
  const { nat_gateways } = networking;
  if (nat_gateways !== "none") {
    if (hasTier(networking, "public")) return [];
    const message = `${nat_gateways} needs public subnets, which the gateways are in: add public to subnet_tiers, or set nat_gateways: none`;
    return [{ path: NAT, given: [[...NETWORKING, "subnet_tiers"]], message }];
  }
  const missing = without(networking, NEEDED);
  if (missing.length === 0 || leadsOutElsewhere(networking)) return [];
  const message = `leaves nodes without a way to ${missing.join(", ")}: they could neither join nor pull an image. Take single or per_zone, set private: true, which has every endpoint that is needed, or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN`;
  return [{ path: NAT, message }];
}

/** The services of those that have no endpoint in the network. */
function without({ gateway_endpoints, interface_endpoints }: Networking, needed: readonly string[]): string[] {
  const interfaces = new Set<string>(interface_endpoints);
  return [...needed.filter((service) => !interfaces.has(service)), ...(gateway_endpoints.includes("s3") ? [] : ["s3"])];
}

/** The tables of the tier intra lead to no gateway, so what runs there needs endpoints or a connection of that tier. */
function intraNodes({ fargate_profiles, networking, node_pools, workers }: Tfvars): Finding[] {
  if (networking.private || !hasTier(networking, "intra") || leadsOutElsewhere(networking, "intra")) return [];
  const given = ["interface_endpoints", "gateway_endpoints"].map((key) => [...NETWORKING, key]);
  const within = (list: string, items: readonly { readonly subnet_tier?: string | undefined }[]): Path[] =>
    items.flatMap(({ subnet_tier }, index) =>
      subnet_tier === "intra" ? [["tfvars", list, index, "subnet_tier"]] : [],
    );
  const stranded = (paths: readonly Path[], who: string, needed: readonly string[], failing: string): Finding[] => {
    const missing = paths.length === 0 ? [] : without(networking, needed);
    if (missing.length === 0) return [];
    const message = `leaves ${who} without a way to ${missing.join(", ")}: they could ${failing}. Take private, name endpoints of those in interface_endpoints and gateway_endpoints, or route 0.0.0.0/0 of the tier intra to a transit gateway or a VPN`;
    return paths.map((path) => ({ path, given, message }));
  };
  return [
    ...stranded(
      [...within("workers", workers), ...within("node_pools", node_pools)],
      "nodes",
      NEEDED,
      "neither join nor pull an image",
    ),
    ...stranded(within("fargate_profiles", fargate_profiles), "pods", NEEDED_ON_FARGATE, "pull no image"),
  ];
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
