import { listed } from "../../../language/suggest";
import { SUBNET_TIERS, type SubnetTier } from "../../../language/words/subnet-tiers";
import type { Networking } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { zonesOf } from "../../network/zones";
import { hasPrivateNodes } from "../../nodes/private-nodes";
import type { Check } from "../../rules/finding";
import { noEffect } from "../../rules/forms";

const NETWORKING = ["tfvars", "networking"] as const;
const EXISTING = [...NETWORKING, "existing_vpc"] as const;

function waysToFind({ existing_vpc }: Networking, tier: SubnetTier): readonly ("subnet_ids" | "subnet_tags")[] {
  return (["subnet_ids", "subnet_tags"] as const).filter((by) => Object.keys(existing_vpc[by][tier]).length > 0);
}

/** Returns a check that applies to clusters in an existing VPC only. */
function inExistingVpc(check: Check): Check {
  return (subject) => (usesExistingVpc(subject.definition.tfvars.networking) ? check(subject) : []);
}

const namesVpc: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (usesExistingVpc(networking)) return [];
  const { add_connections, add_endpoints, add_subnet_tags, route_table_ids } = networking.existing_vpc;
  const used =
    add_connections ||
    add_endpoints ||
    add_subnet_tags.length > 0 ||
    Object.values(route_table_ids).some((ids) => ids.length > 0) ||
    SUBNET_TIERS.some((tier) => waysToFind(networking, tier).length > 0);
  return used ? [{ path: EXISTING, message: "names no VPC. Set vpc_id or vpc_tags, or remove it" }] : [];
};

const namesVpcOnce: Check = ({ definition }) => {
  const { vpc_id, vpc_tags } = definition.tfvars.networking.existing_vpc;
  if (vpc_id === null || Object.keys(vpc_tags).length === 0) return [];
  return [noEffect([...EXISTING, "vpc_tags"], "vpc_id names the VPC", "or remove vpc_id")];
};

/** The default is the range of a new VPC; Terraform finds no VPC with another range. */
const writesItsRange: Check = ({ definition }) => {
  const message = `must be the range of the existing VPC. The default ${definition.tfvars.networking.vpc_cidr} is for a new VPC, and no plan succeeds if the existing one has another range. Write its range, even if it is the default`;
  return [{ path: [...NETWORKING, "vpc_cidr"], message, byDefault: true, because: [EXISTING], severity: "warning" }];
};

/** Without private subnets, the control plane is in intra or public subnets, and nodes are in public ones. */
const hasPrivateSubnets: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (hasTier(networking, "private")) return [];
  const { add_connections, add_endpoints } = networking.existing_vpc;
  const user = hasPrivateNodes(definition)
    ? "nodes"
    : [...(add_endpoints ? ["endpoints"] : []), ...(add_connections ? ["connections"] : [])][0];
  if (user === undefined && (hasTier(networking, "public") || hasTier(networking, "intra"))) return [];
  const remedy = user === "nodes" && hasTier(networking, "public") ? ", or set subnet_tier: public for all nodes" : "";
  const message = `has no private subnets, which ${user ?? "the control plane"} use${user === undefined ? "s" : ""}. List their ids in subnet_ids.private or their tags in subnet_tags.private${remedy}`;
  return [{ path: EXISTING, message }];
};

const tagsSubnetsThatExist: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  const index = networking.existing_vpc.add_subnet_tags.indexOf("kubernetes.io/role/elb");
  if (index < 0 || hasTier(networking, "public")) return [];
  const message = "is for public subnets, but existing_vpc has none. Name the public subnets or remove it";
  return [{ path: [...EXISTING, "add_subnet_tags", index], message }];
};

/** Rules about the subnets of one tier. */
function subnetRules(tier: SubnetTier): readonly Check[] {
  const path = [...EXISTING, "subnet_ids", tier];
  const hasLocal = tier === "private" || tier === "public";
  const ids = ({ definition }: Subject) => definition.tfvars.networking.existing_vpc.subnet_ids[tier];
  const zones = (subject: Subject): readonly string[] => [
    ...zonesOf(subject),
    ...(hasLocal ? subject.definition.tfvars.networking.local_zones : []),
  ];

  const foundInOneWay: Check = ({ definition }) => {
    if (waysToFind(definition.tfvars.networking, tier).length < 2) return [];
    const message = `finds the ${tier} subnets by id, and subnet_tags.${tier} by tag. Remove one of them`;
    return [{ path, message }];
  };

  const inZonesOfNetwork: Check = (subject) => {
    if (zonesOf(subject).length === 0) return [];
    const known = zones(subject);
    const unknown = Object.keys(ids(subject)).filter((zone) => !known.includes(zone));
    return unknown.map((zone) => {
      const message = subject.definition.tfvars.networking.local_zones.includes(zone)
        ? `${zone} is a local zone, which has private and public subnets only. Remove it`
        : `${zone} is not a zone of the network (${listed(known)}). Name the zones of the subnets in availability_zones`;
      return { path: [...path, zone], message };
    });
  };

  const inOneZoneEach: Check = (subject) => {
    const entries = Object.entries(ids(subject));
    return entries.flatMap(([zone, id], index) => {
      const first = entries.findIndex(([, each]) => each === id);
      if (first === index) return [];
      const message = `${id} is already the subnet of ${entries[first]?.[0]}. A subnet is in one zone`;
      return [{ path: [...path, zone], message }];
    });
  };

  const inEachZone: Check = (subject) => {
    const { networking } = subject.definition.tfvars;
    const by = waysToFind(networking, tier);
    if (by.length !== 1 || by[0] !== "subnet_ids") return [];
    // A local zone needs no public subnet: its load balancers may all be internal.
    const needed = tier === "private" ? zones(subject) : zonesOf(subject);
    const missing = needed.filter((zone) => ids(subject)[zone] === undefined);
    if (missing.length === 0) return [];
    const keys = networking.local_zones.length > 0 ? "availability_zones and local_zones" : "availability_zones";
    const message = `has no subnet in ${missing.join(", ")}. Add one, or name only zones that have subnets in ${keys}. EKS requires 2 zones`;
    return [{ path, message, because: [[...NETWORKING, "availability_zones"]] }];
  };

  return [foundInOneWay, inZonesOfNetwork, inOneZoneEach, inEachZone];
}

export const existingVpcRules: readonly Check[] = [
  namesVpc,
  ...[namesVpcOnce, writesItsRange, hasPrivateSubnets, tagsSubnetsThatExist, ...SUBNET_TIERS.flatMap(subnetRules)].map(
    inExistingVpc,
  ),
];
