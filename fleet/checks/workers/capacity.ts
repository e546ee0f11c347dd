import { instanceLimits, instanceTypes } from "../../../aws/instance-types";
import { didYouMean } from "../../../language/suggest";
import { TIERS } from "../../../language/words/subnet-tiers";
import type { ZoneSubnets } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier, kindsThatDoNotFit, layOutSubnets, type SubnetKind, tierPrefixLength } from "../../network/subnets";
import { zonesOf } from "../../network/zones";
import { type SubnetLoad, subnetLoads } from "../../nodes/capacity";
import type { Check, Finding } from "../../rules/finding";

const number = (value: number): string => value.toLocaleString("en");

/**
 * Every group can grow to its max_size, and roll, with every pod that its nodes take. Otherwise pods and nodes stay without an
 * address some day, which no node reports in a way that anybody sees before.
 */
export const checkCapacity: Check = (subject) => {
  const { definition } = subject;
  const { networking } = definition.tfvars;
  const zones = zonesOf(subject);
  if (zones.length === 0 || usesExistingVpc(networking)) return [];
  if (fullest(subnetLoads(definition, sizes(subject), zones)) === undefined) return [];
  if (kindsThatDoNotFit(networking, zones.length).length > 0) return []; // has been told
  const first = fullest(subnetLoads(definition, layOutSubnets(networking, zones), zones));
  return first === undefined ? [] : [finding(first, definition)];
};

function finding(first: SubnetLoad, { tfvars }: Subject["definition"]): Finding {
  const [largest] = Object.entries(first.groups).sort(([, a], [, b]) => b - a)[0] ?? [];
  const network = ["tfvars", "networking"];
  if (first.needed <= first.usable)
    return {
      severity: "warning",
      path: ["tfvars", "node_pools"],
      given: [[...network, "vpc_cidr"]],
      message: poolsRunOut(first),
    };
  if (largest === undefined || first.fixed > first.usable) {
    const chosen = first.tier !== "pod" && tfvars.networking.subnet_prefix_lengths[first.tier] !== null;
    const path = [...network, ...(chosen ? ["subnet_prefix_lengths", first.tier] : ["vpc_cidr"])];
    return { path, given: [[...network, "interface_endpoints"]], message: noRoom(first) };
  }
  const index = tfvars.workers.findIndex(
    ({ name, per_zone }) => largest === name || (per_zone && largest.startsWith(`${name}-`)),
  );
  const given = [
    [...network, "vpc_cidr"],
    ["tfvars", "workers", index, "instance_types"],
  ];
  const severity = isRefused(first) ? {} : ({ severity: "warning" } as const);
  return { ...severity, path: ["tfvars", "workers", index, "max_size"], given, message: runsOut(first) };
}

/**
 * Groups outside of the private subnets are mostly few and seldom full, and public subnets are small unless somebody says
 * otherwise: of those it is told, and not refused.
 */
function isRefused({ fixed, needed, tier, usable }: SubnetLoad): boolean {
  return fixed > usable || (needed > usable && (tier === "private" || tier === "pod"));
}

/** The subnet that is over its size the most, of those that are refused, or else of all, by groups or at least with pools. */
function fullest(loads: readonly SubnetLoad[]): SubnetLoad | undefined {
  const first = (over: readonly SubnetLoad[], by: (load: SubnetLoad) => number) =>
    [...over].sort((a, b) => by(b) / b.usable - by(a) / a.usable)[0];
  if (!loads.some((load) => load.needed + load.pools > load.usable)) return undefined; // nearly always
  const needed = (load: SubnetLoad) => load.needed;
  const withPools = (load: SubnetLoad) => load.needed + load.pools;
  return (
    first(loads.filter(isRefused), needed) ??
    first(
      loads.filter((load) => needed(load) > load.usable),
      needed,
    ) ??
    first(
      loads.filter((load) => withPools(load) > load.usable),
      withPools,
    )
  );
}

/** Subnets of the right sizes, wherever they are: what overflows is rare, and where the subnets lie takes longer to say. */
function sizes(subject: Subject): ZoneSubnets[] {
  const { networking, node_pools, workers } = subject.definition.tfvars;
  // Where nothing is in one zone and not in another, one tells of all.
  const alike = [...workers, ...node_pools].every(({ availability_zones }) => availability_zones.length === 0);
  const zones = alike ? zonesOf(subject).slice(0, 1) : zonesOf(subject);
  const block = (kind: SubnetKind): string => `10.0.0.0/${tierPrefixLength(networking, kind)}`;
  const tiers = [...TIERS, "pod" as const].filter((tier) => tier === "private" || hasTier(networking, tier));
  const ranges = Object.fromEntries(tiers.map((tier) => [tier, block(tier)]));
  return [
    ...zones.map((zone) => ({ zone, ...ranges })),
    ...networking.local_zones.map((zone) => ({
      zone,
      private: block("local_private"),
      ...(hasTier(networking, "public") ? { public: block("local_public") } : {}),
    })),
  ];
}

function runsOut({ zone, tier, cidr, usable, needed, pods, podsThatFit }: SubnetLoad): string {
  const fit = pods === 0 ? "" : `; ${number(podsThatFit)} of ${number(pods)} pods get one`;
  const apart = tier === "pod" ? "" : ", or pods in subnets of their own (pod in subnet_tiers)";
  const larger = `a shorter subnet_prefix_lengths.${tier}${apart}`;
  const cures = `take a smaller max_size or kubelet.max_pods, ${tier === "pod" ? "or " : ""}${larger}`;
  return `subnet ${tier} of ${zone} (${cidr}) runs out first: with every group at its max_size and rolling, nodes and pods hold ${number(needed)} addresses there, and it has ${number(usable)}${fit}; ${cures}`;
}

function noRoom({ zone, tier, cidr, usable, fixed }: SubnetLoad): string {
  return `subnet ${tier} of ${zone} (${cidr}) runs out first: the control plane, interface endpoints and connections hold ${number(fixed)} addresses there, and it has ${number(usable)}; take a shorter subnet_prefix_lengths.${tier}, or a larger vpc_cidr`;
}

function poolsRunOut({ zone, tier, cidr, usable, needed, pools }: SubnetLoad): string {
  return `at their limits, full of pods, hold at least ${number(pools)} addresses in subnet ${tier} of ${zone} (${cidr}), and it has ${number(usable - needed)} beside all else: lower limits.vcpus or max_pods, or take larger subnets`;
}

/** A type that is in no list is a slip, or newer than the list: Terraform would notice only when the first node starts. */
export const checkInstanceTypes: Check = ({ definition }) =>
  definition.tfvars.workers.flatMap(({ instance_types }, worker) =>
    instance_types.flatMap((type, index): Finding[] => {
      if (instanceLimits(type) !== undefined) return [];
      const path = ["tfvars", "workers", worker, "instance_types", index];
      const message = `${JSON.stringify(type)} is in no list of August 2026${didYouMean(type, instanceTypes()) || ": if AWS has it, all is well, but its pods are not counted"}`;
      return [{ path, message, severity: "warning" }];
    }),
  );
