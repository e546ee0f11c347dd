import { type SubnetLoad, subnetLoads } from "../capacity";
import type { ZoneSubnets } from "../cluster";
import { usesExistingVpc } from "../existing-vpc";
import { instanceLimits, instanceTypes } from "../instance-types";
import { hasTier, kindsThatDoNotFit, layOutSubnets, type SubnetKind, tierPrefixLength } from "../subnets";
import { didYouMean } from "../suggest";
import type { Check, Finding, Subject } from "./finding";
import { zonesOf } from "./networking";

const number = (value: number): string => value.toLocaleString("en");

/**
 * Every group can grow to its max_size, and roll, with every pod that its nodes take. Otherwise pods and nodes stay without an
 * address some day, which no node reports in a way that anybody sees before.
 */
export const checkCapacity: Check = (subject) => {
  const { definition } = subject;
  const { networking, workers } = definition.tfvars;
  const zones = zonesOf(subject);
  if (
    zones.length === 0 ||
    usesExistingVpc(networking) ||
    fullest(subnetLoads(definition, sizes(subject), zones)) === undefined
  )
    return [];
  if (kindsThatDoNotFit(networking, zones.length).length > 0) return []; // has been told
  const loads = subnetLoads(definition, layOutSubnets(networking, zones), zones);
  const first = fullest(loads);
  if (first === undefined) return [];
  const [largest = ""] = Object.entries(first.groups).sort(([, a], [, b]) => b - a)[0] ?? [];
  const index = workers.findIndex(
    ({ name, per_zone }) => largest === name || (per_zone && largest.startsWith(`${name}-`)),
  );
  const given = [
    ["tfvars", "networking", "vpc_cidr"],
    ["tfvars", "workers", index, "instance_types"],
  ];
  return [{ path: ["tfvars", "workers", index, "max_size"], given, message: runsOut(first) }];
};

/** The subnet that is over its size the most. */
function fullest(loads: readonly SubnetLoad[]): SubnetLoad | undefined {
  return loads
    .filter(({ needed, usable }) => needed > usable)
    .sort((a, b) => b.needed / b.usable - a.needed / a.usable)[0];
}

/** Subnets of the right sizes, wherever they are: what overflows is rare, and where the subnets lie takes longer to say. */
function sizes(subject: Subject): ZoneSubnets[] {
  const { networking } = subject.definition.tfvars;
  const block = (kind: SubnetKind): string => `10.0.0.0/${tierPrefixLength(networking, kind)}`;
  const ranges = { private: block("private"), ...(hasTier(networking, "pod") ? { pod: block("pod") } : {}) };
  return [
    ...zonesOf(subject).map((zone) => ({ zone, ...ranges })),
    ...networking.local_zones.map((zone) => ({ zone, private: block("local_private") })),
  ];
}

function runsOut({ zone, tier, cidr, usable, needed, pods, podsThatFit }: SubnetLoad): string {
  const fit = pods === 0 ? "" : `; ${number(podsThatFit)} of ${number(pods)} pods get one`;
  const cures =
    tier === "private"
      ? "take a smaller max_size or kubelet.max_pods, a shorter subnet_prefix_lengths.private, or pods in subnets of their own (pod in subnet_tiers)"
      : "take a smaller max_size or kubelet.max_pods, or a shorter subnet_prefix_lengths.pod";
  return `subnet ${tier} of ${zone} (${cidr}) runs out first: with every group at its max_size and rolling, nodes and pods hold ${number(needed)} addresses there, and it has ${number(usable)}${fit}; ${cures}`;
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
