import { operatingSystemOf } from "../../../aws/ami";
import { namedTwice, sameTwice } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import type { Worker } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import { zonesOf } from "../../network/zones";
import { hasHybridNodes } from "../../nodes/auto-mode";
import { COREDNS_PODS, runsOnFargate } from "../../nodes/fargate";
import { selfManagedSettings } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";
import { atLeast, atMost, between, requires } from "../../rules/forms";
import { unknownZones } from "../../rules/network-zones";
import { autoModeRunsAnything } from "./auto-mode";

const maxSize: WorkerRule = ({ max_size, min_size }) =>
  atLeast(["max_size"], max_size, { key: "min_size", value: min_size });

const autoscaledSize: WorkerRule = ({ autoscaling, desired_size }) => {
  if (desired_size === null || !autoscaling) return [];
  const message =
    "conflicts with autoscaling, because cluster-autoscaler sets the desired size. Remove it, or set autoscaling: false";
  return [{ path: ["desired_size"], message }];
};

const fixedSize: WorkerRule = ({ autoscaling, desired_size, max_size, min_size }) => {
  if (desired_size === null || autoscaling) return [];
  const [least, most] = [
    { key: "min_size", value: min_size },
    { key: "max_size", value: max_size },
  ];
  return between(["desired_size"], desired_size, least, most);
};

const onDemandBase: WorkerRule = ({ max_size, on_demand_base_capacity }) =>
  atMost(["on_demand_base_capacity"], on_demand_base_capacity, { key: "max_size", value: max_size });

const managed: WorkerRule = (worker) => {
  if (worker.kind !== "managed") return [];
  const remedy = "Remove it, or set kind: self_managed (or auto)";
  return selfManagedSettings(worker).map((setting) => requires([setting], "a self-managed group", remedy));
};

const zones: WorkerRule = ({ availability_zones }, subject) => {
  const regular = zonesOf(subject);
  if (regular.length === 0) return []; // the region is reported
  const { local_zones } = subject.definition.tfvars.networking;
  return unknownZones(["availability_zones"], availability_zones, [...regular, ...local_zones]);
};

/** Reports taints with the same key and effect, by which Kubernetes identifies a taint. */
export function taintsTwice(taints: Worker["taints"], path: Path): Finding[] {
  return sameTwice(
    path,
    taints,
    ({ effect, key }) => `${key}:${effect}`,
    (id) => `repeats the taint ${id}. Remove one of them`,
  );
}

export const checkWorkers = eachWorker([
  maxSize,
  autoscaledSize,
  fixedSize,
  onDemandBase,
  managed,
  ({ instance_types }) => namedTwice(instance_types, ["instance_types"]),
  zones,
  ({ availability_zones }) => namedTwice(availability_zones, ["availability_zones"]),
  ({ taints }) => taintsTwice(taints, ["taints"]),
]);

/**
 * Reports a cluster without a place for CoreDNS and the controllers, which run on Linux and tolerate no taints of a group. With a
 * Fargate profile for CoreDNS, the profiles are responsible for the other pods.
 */
export const checkUntaintedCapacity: Check = ({ definition }) => {
  const { fargate_profiles, workers } = definition.tfvars;
  if (runsOnFargate(fargate_profiles, COREDNS_PODS)) return [];
  const untainted = workers.some(
    (worker) =>
      operatingSystemOf(worker) !== "WINDOWS" && worker.taints.every(({ effect }) => effect === "PreferNoSchedule"),
  );
  // A definition has no details of hybrid nodes.
  if (untainted || autoModeRunsAnything(definition) || hasHybridNodes(definition)) return [];
  if (workers.length === 0 && enabledAddons(definition).length === 0) return []; // only a control plane
  const fargate =
    fargate_profiles.length === 0
      ? ""
      : ", or select CoreDNS with a Fargate profile (namespace kube-system, label k8s-app: kube-dns)";
  const path = ["tfvars", "workers"];
  return [{ path, because: [["tfvars"]], message: `${withoutCapacity(workers)}${fargate}` }];
};

function withoutCapacity(workers: readonly Worker[]): string {
  if (workers.length === 0) return "has no group, so no pods can run. Add a group, such as `- name: general`";
  if (workers.every((worker) => operatingSystemOf(worker) === "WINDOWS"))
    return "has no group of Linux nodes, which CoreDNS and the controllers require. Add one, such as `- name: general`";
  return "has no group without a NoSchedule or NoExecute taint, so CoreDNS and the controllers cannot run. Remove these taints from one group";
}
