import { namedTwice, sameTwice } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import type { Worker } from "../../model/cluster";
import { zonesOf } from "../../network/zones";
import { selfManagedSettings, workerKind } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";
import { atLeast, atMost, between, requires } from "../../rules/forms";
import { unknownZones } from "../../rules/network-zones";

const maxSize: WorkerRule = ({ max_size, min_size }) =>
  atLeast(["max_size"], max_size, { key: "min_size", value: min_size });

const desiredSize: WorkerRule = ({ desired_size, max_size, min_size }) => {
  if (desired_size === null) return [];
  const [least, most] = [
    { key: "min_size", value: min_size },
    { key: "max_size", value: max_size },
  ];
  return between(["desired_size"], desired_size, least, most);
};

/** EKS's default quota of nodes in a managed group, which AWS raises on request. */
const NODES_OF_MANAGED_GROUP = 450;

/** Returns a warning about a size beyond the quota of a managed group. */
const quota: WorkerRule = (worker) => {
  if (workerKind(worker) !== "managed") return [];
  const scheduled = worker.scheduled_scaling.map(
    ({ max_size }, index) => [["scheduled_scaling", index, "max_size"], max_size ?? 0] as const,
  );
  return [[["max_size"], worker.max_size] as const, ...scheduled].flatMap(([path, size]): Finding[] => {
    if (size <= NODES_OF_MANAGED_GROUP) return [];
    const message = `is above EKS's default quota of ${NODES_OF_MANAGED_GROUP} nodes in a managed group. Request a higher quota, or create several groups`;
    return [{ path: [...path], message, severity: "warning" }];
  });
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
  desiredSize,
  quota,
  onDemandBase,
  managed,
  ({ instance_types }) => namedTwice(instance_types, ["instance_types"]),
  zones,
  ({ availability_zones }) => namedTwice(availability_zones, ["availability_zones"]),
  ({ taints }) => taintsTwice(taints, ["taints"]),
]);
