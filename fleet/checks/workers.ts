import { AMI_IMAGES, type AmiImage } from "../ami";
import type { Worker } from "../cluster";
import { didYouMean, listed } from "../suggest";
import { selfManagedSettings } from "../worker-kind";
import type { Path } from "../yaml/tree";
import type { Check, Finding } from "./finding";
import { zonesOf } from "./networking";

/** AWS marks Graviton families by a `g` right after the generation (m7g, c7gn, im4gn, g5g); a1 is the one before that rule. */
export function architectureOf(instanceType: string): AmiImage["architecture"] {
  const family = instanceType.split(".")[0] ?? "";
  return family === "a1" || /\dg[a-z]*$/.test(family) ? "arm64" : "x86_64";
}

/** What a worker group says fits together. */
export const checkWorkers: Check = (subject) => {
  const zones = zonesOf(subject);
  return subject.definition.tfvars.workers.flatMap((worker, index) => {
    const path = ["tfvars", "workers", index];
    return [
      ...sizes(worker),
      ...capacity(worker),
      ...instances(worker),
      ...groupZones(worker, zones),
      ...taints(worker),
    ].map((finding) => ({
      ...finding,
      path: [...path, ...finding.path],
      given: (finding.given ?? []).map((other) => (other[0] === "tfvars" ? other : [...path, ...other])),
    }));
  });
};

function sizes(worker: Worker): Finding[] {
  const { min_size, max_size, desired_size, autoscaling, on_demand_base_capacity } = worker;
  const findings: Finding[] = [];
  if (max_size < min_size) {
    const message = `must be at least min_size (${min_size}), got ${max_size}`;
    findings.push({ path: ["max_size"], given: [["min_size"]], message });
  }
  if (desired_size !== null && autoscaling) {
    findings.push({
      path: ["desired_size"],
      given: [["autoscaling"]],
      message: `belongs to cluster-autoscaler while autoscaling is true, got ${desired_size}: remove it, or set autoscaling: false`,
    });
  }
  if (desired_size !== null && !autoscaling && (desired_size < min_size || desired_size > max_size)) {
    findings.push({
      path: ["desired_size"],
      given: [["autoscaling"], ["min_size"], ["max_size"]],
      message: `must be between min_size (${min_size}) and max_size (${max_size}), got ${desired_size}`,
    });
  }
  if (on_demand_base_capacity > max_size) {
    findings.push({
      path: ["on_demand_base_capacity"],
      given: [["max_size"]],
      message: `must be at most max_size (${max_size}), got ${on_demand_base_capacity}`,
    });
  }
  return findings;
}

function capacity(worker: Worker): Finding[] {
  if (worker.kind !== "managed") return [];
  return selfManagedSettings(worker).map((setting) => ({
    path: [setting],
    given: [["kind"]],
    message:
      "needs an Auto Scaling group of our own: remove it, or set kind: self_managed (or auto) instead of managed",
  }));
}

function instances(worker: Worker): Finding[] {
  const wanted = AMI_IMAGES[worker.ami_type].architecture;
  return worker.instance_types.flatMap((type, index) => {
    const path = ["instance_types", index];
    if (worker.instance_types.indexOf(type) < index)
      return [{ path, message: `names ${type} twice: name each type once` }];
    const architecture = architectureOf(type);
    if (architecture === wanted) return [];
    const other = wanted === "x86_64" ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD";
    return [
      {
        path,
        given: [["ami_type"]],
        message: `${type} is ${architecture} and ami_type ${worker.ami_type} is ${wanted}: take an ami_type such as ${other}, or another type`,
      },
    ];
  });
}

const ZONE_SOURCES: readonly Path[] = [
  ["tfvars", "networking", "availability_zones"],
  ["tfvars", "common", "aws_region"],
];

function groupZones(worker: Worker, zones: readonly string[]): Finding[] {
  if (zones.length === 0) return [];
  return worker.availability_zones.flatMap((zone, index) => {
    if (zones.includes(zone)) return [];
    const message = `${JSON.stringify(zone)} is not a zone of the cluster's network${didYouMean(zone, zones) || "."} Its zones: ${listed(zones)}`;
    return [{ path: ["availability_zones", index], given: ZONE_SOURCES, message }];
  });
}

/** Kubernetes tells taints apart by key and effect. */
function taints(worker: Worker): Finding[] {
  const ids = worker.taints.map(({ key, effect }) => `${key}:${effect}`);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [{ path: ["taints", index], message: `is the second taint ${id}: keep one` }] : [],
  );
}

/** Something can run: CoreDNS and the controllers tolerate no taints of ours. */
export const checkUntaintedCapacity: Check = ({ definition }) => {
  const { workers } = definition.tfvars;
  const untainted = workers.some(
    ({ taints, max_size }) => max_size > 0 && taints.every(({ effect }) => effect === "PreferNoSchedule"),
  );
  if (untainted) return [];
  const message =
    workers.length === 0
      ? "has no group, so nothing can run: add one, at least `- name: general`"
      : "has no group without a NoSchedule or NoExecute taint, so CoreDNS and the controllers cannot run: leave one group untainted";
  return [{ path: ["tfvars", "workers"], message }];
};
