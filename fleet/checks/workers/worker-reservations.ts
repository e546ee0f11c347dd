import { acceleratorOf, isKnownFamily } from "../../../aws/instance-types";
import type { Worker } from "../../model/cluster";
import { buysOnDemand } from "../../nodes/worker-kind";
import { eachNamedType, eachWorker, type WorkerRule } from "../../rules/each-worker";
import { inRegion, noEffect, requires } from "../../rules/forms";

const PATH = ["capacity_reservation"] as const;
const BECAUSE = [["capacity_type"]] as const;
const KEYS = ["preference", "id", "resource_group_arn"] as const;

/** True if all instances of each group start in one zone. */
export function inOneZone({ availability_zones, per_zone }: Worker): boolean {
  return per_zone || availability_zones.length === 1;
}

const oneKey: WorkerRule = ({ capacity_reservation: reservation }) => {
  const keys = KEYS.filter((key) => reservation?.[key] !== undefined);
  if (reservation === null || keys.length === 1) return [];
  const message = `must have one of ${KEYS.join(", ")}, but has ${keys.join(" and ") || "none"}`;
  return [{ path: PATH, message }];
};

const onDemand: WorkerRule = (worker) => {
  if (worker.capacity_reservation === null || worker.capacity_type === "CAPACITY_BLOCK") return [];
  if (buysOnDemand(worker)) return [];
  const remedy = "or set capacity_type: ON_DEMAND without a spot_price";
  return [noEffect(PATH, "the group buys spot instances only", remedy)];
};

const region: WorkerRule = ({ capacity_reservation: reservation }, { definition }) =>
  inRegion([...PATH, "resource_group_arn"], reservation?.resource_group_arn, definition.tfvars.common.aws_region);

/** True if a group uses one reservation that is not a capacity block. */
function usesReservation(worker: Worker): boolean {
  if (worker.capacity_type === "CAPACITY_BLOCK") return false;
  return worker.capacity_reservation?.id !== undefined && buysOnDemand(worker);
}

const typeOfReservation: WorkerRule = (worker) => {
  const { instance_requirements, instance_types } = worker;
  if (!usesReservation(worker) || (instance_requirements === null && instance_types.length === 1)) return [];
  const message =
    "is a reservation for one instance type, but the group has several. List that type in instance_types, or use resource_group_arn";
  return [{ path: [...PATH, "id"], message }];
};

const zoneOfReservation: WorkerRule = (worker) => {
  if (!usesReservation(worker) || inOneZone(worker)) return [];
  const message =
    "is a reservation in one zone, so no instance starts in the other zones of the group. Set availability_zones to its zone";
  return [{ path: [...PATH, "id"], message, severity: "warning" }];
};

/** Returns a rule about groups that buy a capacity block. */
const ofBlocks =
  (rule: WorkerRule): WorkerRule =>
  (worker, subject) =>
    worker.capacity_type === "CAPACITY_BLOCK" ? rule(worker, subject) : [];

const blockId = ofBlocks(({ capacity_reservation: reservation }) =>
  reservation?.id === undefined
    ? [requires(["capacity_type"], "the id of the capacity block", "Set capacity_reservation: { id: cr-... }")]
    : [],
);

const blockType = ofBlocks(({ instance_types }) => {
  if (instance_types.length === 1) return [];
  const message = `must be one type, because a capacity block has one, but lists ${instance_types.join(", ")}`;
  return [{ path: ["instance_types"], because: BECAUSE, message }];
});

const blockZone = ofBlocks((worker) => {
  if (inOneZone(worker)) return [];
  const zones = worker.availability_zones.join(", ") || "all zones";
  const message = `must be the zone of the capacity block, but is ${zones}`;
  return [{ path: ["availability_zones"], because: BECAUSE, message }];
});

/** Families with accelerators of makers whose drivers no image contains. */
const OTHER_ACCELERATORS = /^(?:dl|f|g|vt)\d/;

/** True if EC2 never sells a type in capacity blocks; undefined if EC2 does not today, but could. */
function isExcluded(type: string): boolean | undefined {
  // EC2's guide to Capacity Blocks lists P and Trn types. Their sizes and regions change often.
  if (/^(?:p|trn)\d/.test(type)) return false;
  const accelerated = acceleratorOf(type) !== "none" || OTHER_ACCELERATORS.test(type);
  return isKnownFamily(type.split(".")[0] ?? "") && !accelerated ? true : undefined;
}

const excludedType =
  (excluded: true | undefined) =>
  (type: string, { capacity_type }: Worker): string | undefined =>
    capacity_type !== "CAPACITY_BLOCK" || isExcluded(type) !== excluded
      ? undefined
      : `${type} has no capacity blocks, which EC2 sells for P and Trn types. Use the type of the block, or another capacity_type`;

/** Auto Scaling accepts a capacity block only in a launch template, without a mixed instances policy. */
const MIXES: Readonly<Record<string, (worker: Worker) => boolean>> = {
  instance_requirements: (worker) => worker.instance_requirements !== null,
  instance_weights: (worker) => Object.keys(worker.instance_weights).length > 0,
  on_demand_base_capacity: (worker) => worker.on_demand_base_capacity > 0,
  on_demand_percentage_above_base_capacity: (worker) => worker.on_demand_percentage_above_base_capacity !== null,
  on_demand_allocation_strategy: (worker) => worker.on_demand_allocation_strategy !== null,
  spot_price: (worker) => worker.spot_price !== null,
  warm_pool: (worker) => worker.warm_pool !== null,
};

const mixes = Object.entries(MIXES).map(([key, isSet]) =>
  ofBlocks((worker) => {
    if (!isSet(worker)) return [];
    const message = "conflicts with capacity_type CAPACITY_BLOCK, which does not support it. Remove one of them";
    return [{ path: [key], message }];
  }),
);

export const checkReservations = eachWorker([
  oneKey,
  onDemand,
  region,
  typeOfReservation,
  zoneOfReservation,
  blockId,
  blockType,
  blockZone,
  eachNamedType(excludedType(true)),
  eachNamedType(excludedType(undefined), "warning"),
  ...mixes,
]);
