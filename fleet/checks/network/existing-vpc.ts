import { listed } from "../../../language/suggest";
import { SUBNET_TIERS, type SubnetTier } from "../../../language/words/subnet-tiers";
import type { Networking } from "../../model/cluster";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier } from "../../network/subnets";
import { zonesOf } from "../../network/zones";
import type { Check, Finding } from "../../rules/finding";
import { additions, USED_THERE } from "./existing-vpc-additions";

const NETWORKING = ["tfvars", "networking"] as const;
const EXISTING = [...NETWORKING, "existing_vpc"] as const;

/** A VPC that exists is named once, its subnets are found, and nothing is asked of it that only a VPC of our own can have. */
export const checkExistingVpc: Check = (subject) => {
  const { networking } = subject.definition.tfvars;
  const { add_connections, add_endpoints, add_subnet_tags, route_table_ids, vpc_id, vpc_tags } =
    networking.existing_vpc;
  if (!usesExistingVpc(networking)) {
    const tables = Object.values(route_table_ids).flat();
    const used =
      SUBNET_TIERS.some((tier) => waysToFind(networking, tier).length > 0) ||
      add_subnet_tags.length + tables.length > 0 ||
      add_connections ||
      add_endpoints;
    if (!used) return [];
    const given = [[...EXISTING, "vpc_id"]]; // one that was refused is none, and told already
    return [{ path: EXISTING, given, message: "names subnets and no VPC: set vpc_id or vpc_tags, or remove it" }];
  }
  const findings: Finding[] = [];
  const zones = zonesOf(subject);
  if (vpc_id !== null && Object.keys(vpc_tags).length > 0) {
    findings.push({ path: [...EXISTING, "vpc_tags"], message: "has no effect beside vpc_id: keep one of them" });
  }
  if (!hasTier(networking, "private")) {
    const message =
      "has no private subnets, which nodes are in: list them in subnet_ids.private, or their tags in subnet_tags.private";
    // Ids that were refused are none, and told already.
    const given = zones.map((zone) => [...EXISTING, "subnet_ids", "private", zone]);
    findings.push({ path: EXISTING, given, message });
  }
  for (const tier of SUBNET_TIERS) findings.push(...subnets(networking, tier, zones));
  if (add_subnet_tags.includes("kubernetes.io/role/elb") && !hasTier(networking, "public")) {
    const path = [...EXISTING, "add_subnet_tags", add_subnet_tags.indexOf("kubernetes.io/role/elb")];
    findings.push({ path, message: "is for public subnets, and there are none: name them, or remove it" });
  }
  for (const [key, used] of Object.entries(USED_THERE)) {
    if (used === true || (used !== false && networking.existing_vpc[used])) continue;
    const made = used === false ? "" : `, or set existing_vpc.${used}: true`;
    const message = `has no effect: the network is an existing VPC, which is left as it is. Remove it${made}`;
    findings.push({ own: true, path: [...NETWORKING, key], given: [EXISTING], message });
  }
  return [...findings, ...additions(networking)];
};

function waysToFind({ existing_vpc }: Networking, tier: SubnetTier): readonly ("subnet_ids" | "subnet_tags")[] {
  return (["subnet_ids", "subnet_tags"] as const).filter((by) => Object.keys(existing_vpc[by][tier]).length > 0);
}

function subnets(networking: Networking, tier: SubnetTier, zones: readonly string[]): Finding[] {
  const ids = networking.existing_vpc.subnet_ids[tier];
  const by = waysToFind(networking, tier);
  const path = [...EXISTING, "subnet_ids", tier];
  if (by.length > 1) {
    const message = `the ${tier} subnets are found by ids and by tags (subnet_tags.${tier}): keep one of them`;
    return [{ path, message }];
  }
  if (zones.length === 0 || !by.includes("subnet_ids")) return [];
  const local = tier === "private" || tier === "public" ? networking.local_zones : [];
  const known = [...zones, ...local];
  const given = [
    [...NETWORKING, "availability_zones"],
    [...NETWORKING, "local_zones"],
  ];
  // A local zone needs no public subnet: its load balancers may all be internal.
  const needed = tier === "private" ? known : zones;
  const missing = needed.filter((zone) => ids[zone] === undefined);
  const taken = Object.values(ids);
  return [
    ...Object.entries(ids).flatMap(([zone, id], index): Finding[] => {
      const at = [...path, zone];
      if (!known.includes(zone)) {
        const message = `${zone} is not one of the network's zones, ${listed(known)}: name the zones in availability_zones`;
        return [{ path: at, given, message }];
      }
      if (taken.indexOf(id) === index) return [];
      return [{ path: at, message: `names ${id} for two zones: a subnet is in one` }];
    }),
    ...(missing.length === 0
      ? []
      : [
          {
            path,
            given: [...given, ...needed.map((zone) => [...path, zone])], // an id that was refused is none, and told already
            message: `has no subnet in ${missing.join(", ")}: add one, or name the zones that there are in availability_zones; EKS needs two`,
          },
        ]),
  ];
}
