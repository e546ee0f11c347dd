import { operatingSystemOf } from "../../../aws/ami";
import { didYouMean, listed } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import type { Worker } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import { zonesOf } from "../../network/zones";
import { hasHybridNodes } from "../../nodes/auto-mode";
import { COREDNS_PODS, runsOnFargate } from "../../nodes/fargate";
import { selfManagedSettings } from "../../nodes/worker-kind";
import { ofEachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";
import { autoModeRunsAnything } from "./auto-mode";

/** What a worker group says fits together. */
export const checkWorkers: Check = (subject) => {
  const zones = zonesOf(subject);
  return ofEachWorker(subject, (worker) => [
    ...sizes(worker),
    ...capacity(worker),
    ...instances(worker),
    ...groupZones(worker, zones, subject.definition.tfvars.networking.local_zones),
    ...taintsTwice(worker.taints, ["taints"]),
  ]);
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

function instances({ instance_types }: Worker): Finding[] {
  return instance_types.flatMap((type, index) =>
    instance_types.indexOf(type) < index
      ? [{ path: ["instance_types", index], message: `names ${type} twice: name each type once` }]
      : [],
  );
}

const ZONE_SOURCES: readonly Path[] = [
  ["tfvars", "networking", "availability_zones"],
  ["tfvars", "common", "aws_region"],
];

function groupZones(worker: Worker, regular: readonly string[], localZones: readonly string[]): Finding[] {
  if (regular.length === 0) return [];
  const zones = [...regular, ...localZones];
  return worker.availability_zones.flatMap((zone, index) => {
    if (worker.availability_zones.indexOf(zone) < index)
      return [{ path: ["availability_zones", index], message: `names ${zone} twice: name each zone once` }];
    if (zones.includes(zone)) return [];
    const message = `${JSON.stringify(zone)} is not a zone of the cluster's network${didYouMean(zone, zones) || "."} Its zones: ${listed(zones)}`;
    return [{ path: ["availability_zones", index], given: ZONE_SOURCES, message }];
  });
}

/** Kubernetes tells taints apart by key and effect. */
export function taintsTwice(taints: Worker["taints"], path: Path): Finding[] {
  const ids = taints.map(({ key, effect }) => `${key}:${effect}`);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [{ path: [...path, index], message: `is the second taint ${id}: keep one` }] : [],
  );
}

/**
 * Something can run: CoreDNS and the controllers are made for Linux, and tolerate no taints of ours. Where Fargate takes CoreDNS,
 * the rest is for whoever chose so to place.
 */
export const checkUntaintedCapacity: Check = ({ definition }) => {
  const { fargate_profiles, workers } = definition.tfvars;
  if (runsOnFargate(fargate_profiles, COREDNS_PODS)) return [];
  const untainted = workers.some(
    (worker) =>
      worker.max_size > 0 &&
      operatingSystemOf(worker) !== "WINDOWS" &&
      worker.taints.every(({ effect }) => effect === "PreferNoSchedule"),
  );
  // Of hybrid nodes a definition knows nothing but that they are there.
  if (untainted || autoModeRunsAnything(definition) || hasHybridNodes(definition)) return [];
  // A control plane alone: nothing of ours has to run.
  if (workers.length === 0 && enabledAddons(definition).length === 0) return [];
  const linux = workers.some((worker) => operatingSystemOf(worker) !== "WINDOWS");
  const message =
    workers.length === 0
      ? "has no group, so nothing can run: add one, at least `- name: general`"
      : !linux
        ? "has no group of Linux nodes, which CoreDNS and the controllers need: add one, at least `- name: general`"
        : "has no group without a NoSchedule or NoExecute taint, so CoreDNS and the controllers cannot run: leave one group untainted";
  const fargate =
    fargate_profiles.length === 0
      ? ""
      : "; or let a Fargate profile take CoreDNS (namespace kube-system, label k8s-app: kube-dns)";
  return [{ path: ["tfvars", "workers"], message: `${message}${fargate}` }];
};
