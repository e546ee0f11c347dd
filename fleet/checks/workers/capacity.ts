import { INSTANCE_TYPES_DATE, instanceLimits, instanceTypes, isKnownFamily } from "../../../aws/instance-types";
import { didYouMean, listed } from "../../../language/suggest";
import { TIERS } from "../../../language/words/subnet-tiers";
import { controlPlaneTier } from "../../control-plane/control-plane-tier";
import type { ZoneSubnets } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { usesExistingVpc } from "../../network/existing-vpc";
import { hasTier, kindsThatDoNotFit, layOutSubnets, type SubnetKind, tierPrefixLength } from "../../network/subnets";
import { zonesOf } from "../../network/zones";
import { type SubnetLoad, subnetLoads } from "../../nodes/capacity";
import { eachItem } from "../../rules/each-item";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";

const number = (value: number): string => value.toLocaleString("en");

/**
 * Every group can grow to its max_size and be replaced, with all pods that its nodes support. Otherwise pods and nodes get no
 * address some day, and nothing reports it before.
 */
export const checkCapacity: Check = (subject) => {
  const { definition } = subject;
  const { networking } = definition.tfvars;
  const zones = zonesOf(subject);
  if (zones.length === 0 || usesExistingVpc(networking)) return [];
  const tier = controlPlaneTier(definition);
  if (fullest(subnetLoads(definition, sizes(subject), zones, tier)) === undefined) return [];
  if (kindsThatDoNotFit(networking, zones.length).length > 0) return []; // reported with the ranges
  const first = fullest(subnetLoads(definition, layOutSubnets(networking, zones), zones, tier));
  return first === undefined ? [] : [finding(first, definition)];
};

function finding(first: SubnetLoad, { tfvars }: Subject["definition"]): Finding {
  const [largest] = Object.entries(first.groups).sort(([, a], [, b]) => b - a)[0] ?? [];
  const network = ["tfvars", "networking"];
  if (first.needed <= first.usable)
    return {
      severity: "warning",
      path: ["tfvars", "node_pools"],
      message: poolsRunOut(first),
    };
  if (largest === undefined || first.fixed > first.usable) {
    const chosen = first.tier !== "pod" && tfvars.networking.subnet_prefix_lengths[first.tier] !== null;
    const path = [...network, ...(chosen ? ["subnet_prefix_lengths", first.tier] : ["vpc_cidr"])];
    return { path, message: noRoom(first) };
  }
  const index = tfvars.workers.findIndex(
    ({ name, per_zone }) => largest === name || (per_zone && largest.startsWith(`${name}-`)),
  );
  const severity = isRefused(first) ? {} : ({ severity: "warning" } as const);
  return {
    ...severity,
    path: ["tfvars", "workers", index, "max_size"],
    message: runsOut(first),
    because: [["tfvars", "workers", index]],
  };
}

/**
 * True if the load is an error. Groups outside of the private subnets are few and seldom full, and public subnets are small by
 * default, so a load on those is a warning.
 */
function isRefused({ fixed, needed, tier, usable }: SubnetLoad): boolean {
  return fixed > usable || (needed > usable && (tier === "private" || tier === "pod"));
}

/** Returns the subnet with the largest excess: of an error, or else of groups, or else of groups and pools together. */
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

/** Returns subnets of the right sizes at any place: an excess is rare, and the layout of the subnets costs more time. */
function sizes(subject: Subject): ZoneSubnets[] {
  const { networking, node_pools, workers } = subject.definition.tfvars;
  // If no group or pool is in some zones only, all zones are alike.
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
      ...(hasTier(networking, "public") && { public: block("local_public") }),
    })),
  ];
}

function runsOut({ zone, tier, cidr, usable, needed, pods, podsThatFit }: SubnetLoad): string {
  const fit = pods === 0 ? "" : ` Only ${number(podsThatFit)} of ${number(pods)} pods get an address.`;
  const apart = tier === "pod" ? "" : ", or put pods into subnets of their own (pod in subnet_tiers)";
  return `exhausts subnet ${tier} of ${zone} (${cidr}): with all groups at max_size during a replacement, nodes and pods require ${number(needed)} addresses, but the subnet has ${number(usable)}.${fit} Lower max_size or kubelet.max_pods, shorten subnet_prefix_lengths.${tier}${apart}`;
}

function noRoom({ zone, tier, cidr, usable, fixed }: SubnetLoad): string {
  return `leaves subnet ${tier} of ${zone} (${cidr}) with ${number(usable)} addresses, but the control plane, interface endpoints and connections require ${number(fixed)}. Shorten subnet_prefix_lengths.${tier} or use a larger vpc_cidr`;
}

function poolsRunOut({ zone, tier, cidr, usable, needed, pools }: SubnetLoad): string {
  return `require at least ${number(pools)} addresses in subnet ${tier} of ${zone} (${cidr}) when they are full, but ${number(usable - needed)} are left. Lower limits.vcpus or max_pods, or use larger subnets`;
}

const type: WorkerRule = ({ instance_types }) =>
  eachItem(["instance_types"], instance_types, [
    (name) => {
      if (instanceLimits(name) !== undefined) return [];
      const [family = ""] = name.split(".");
      if (isKnownFamily(family)) {
        const sizes = instanceTypes().filter((each) => each.startsWith(`${family}.`));
        const known =
          didYouMean(name, sizes) || `. Its sizes: ${listed(sizes.map((each) => each.slice(family.length + 1)))}`;
        return [
          { path: [], message: `${family} has no size ${JSON.stringify(name.slice(family.length + 1))}${known}` },
        ];
      }
      const meant = didYouMean(name, instanceTypes()) || ". If it is a newer type, only its pods are not counted";
      const message = `${JSON.stringify(name)} is not an instance type of ${INSTANCE_TYPES_DATE} or before${meant}`;
      return [{ path: [], message, severity: "warning" }];
    },
  ]);

/**
 * A family that is not in the list is a typo or newer than the list; a size that its family does not have is a typo. Terraform
 * would fail only when the first node starts.
 */
export const checkInstanceTypes = eachWorker([type]);
