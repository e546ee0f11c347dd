import { acceleratorOf, isKnownFamily } from "../../../aws/instance-types";
import type { Worker } from "../../model/cluster";
import { buysOnDemand, buysSpot, managedSettings, selfManagedSettings, workerKind } from "../../nodes/worker-kind";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";

/** Families whose speed is by credits: T types, of any generation. */
export function isBurstable(instanceType: string): boolean {
  return /^t\d/.test(instanceType);
}

/** What only EKS's own groups can do is not asked of another. */
const kinds: WorkerRule = (worker) => {
  if (workerKind(worker) === "managed") return [];
  const reason =
    worker.kind === "self_managed"
      ? ": remove it, or set kind: managed (or auto) instead of self_managed"
      : `, and ${selfManagedSettings(worker).join(", ")} makes this one self-managed: remove one of them`;
  return managedSettings(worker).map((setting) => ({
    path: [setting],
    given: [["kind"]],
    message: `needs an EKS managed group${reason}`,
  }));
};

const weights: WorkerRule = (worker) => {
  const { autoscaling, instance_requirements, instance_types, instance_weights } = worker;
  const weighed = Object.keys(instance_weights);
  if (weighed.length === 0) return [];
  const path = ["instance_weights"];
  if (instance_requirements !== null) {
    const message = `has no effect with instance_requirements, which name no types: remove one of them`;
    return [{ path, given: [["instance_requirements"]], message }];
  }
  const findings: Finding[] = [];
  if (autoscaling) {
    const message = `needs autoscaling: false: cluster-autoscaler counts every instance as one`;
    findings.push({ path, given: [["autoscaling"]], message });
  }
  for (const type of weighed.filter((each) => !instance_types.includes(each))) {
    findings.push({
      path: [...path, type],
      given: [["instance_types"]],
      message: `is not one of instance_types (${instance_types.join(", ")}): remove it`,
    });
  }
  const missing = instance_types.filter((type) => instance_weights[type] === undefined);
  if (missing.length > 0) {
    const message = `must have a weight for every type, because Auto Scaling takes all or none: add ${missing.join(", ")}`;
    findings.push({ path, given: [["instance_types"]], message });
  }
  return findings;
};

const KEYS_OF_RESERVATION = ["preference", "id", "resource_group_arn"] as const;

const reservation: WorkerRule = (worker, { definition }) => {
  const { capacity_reservation, capacity_type, instance_types } = worker;
  const { aws_region } = definition.tfvars.common;
  const path = ["capacity_reservation"];
  const findings: Finding[] = [];
  const said = KEYS_OF_RESERVATION.filter((key) => capacity_reservation?.[key] !== undefined);
  if (capacity_reservation !== null && said.length !== 1) {
    const got = said.length === 0 ? "none" : said.join(" and ");
    findings.push({ path, message: `must have one of ${KEYS_OF_RESERVATION.join(", ")}, got ${got}` });
  }
  if (capacity_reservation !== null && !buysOnDemand(worker) && capacity_type !== "CAPACITY_BLOCK") {
    const message = `has no effect on spot instances: remove it, or set capacity_type: ON_DEMAND without a spot_price`;
    findings.push({ path, given: [["capacity_type"], ["spot_price"]], message });
  }
  const region = capacity_reservation?.resource_group_arn?.split(":")[3];
  if (region !== undefined && region !== aws_region) {
    const message = `is a group of reservations in ${region}, and the nodes run in ${aws_region}: name one of that region`;
    findings.push({
      path: [...path, "resource_group_arn"],
      given: [["tfvars", "common", "aws_region"]],
      message,
    });
  }
  if (capacity_type !== "CAPACITY_BLOCK") return [...findings, ...ofOneReservation(worker)];
  if (capacity_reservation?.id === undefined) {
    const message = `CAPACITY_BLOCK needs the block's id: set capacity_reservation: { id: cr-... }`;
    findings.push({ path: ["capacity_type"], given: [path], message });
  }
  if (instance_types.length !== 1) {
    const message = `must be one type, because a block of capacity is of one, got ${instance_types.join(", ")}`;
    findings.push({ path: ["instance_types"], given: [["capacity_type"]], message });
  }
  if (!inOneZone(worker)) {
    const message = `must be the one zone of the block of capacity, got ${worker.availability_zones.join(", ") || "all zones"}`;
    findings.push({ path: ["availability_zones"], given: [["capacity_type"]], message });
  }
  return [...findings, ...ofBlocks(worker), ...mixed(worker)];
};

/** Families with accelerators of other makers than those that images bring drivers for. */
const OF_OTHER_ACCELERATORS = /^(?:dl|f|g|vt)\d/;

/** EC2 sells blocks of P and Trn types: its guide to Capacity Blocks. Of which sizes, and where, it changes often. */
function ofBlocks({ instance_types }: Worker): Finding[] {
  const given = [["capacity_type"]];
  return instance_types.flatMap((type, index): Finding[] => {
    if (/^(?:p|trn)\d/.test(type)) return [];
    const path = ["instance_types", index];
    const message = `${type} is in no block of capacity, which EC2 sells of P and Trn types: take the block's type, or another capacity_type`;
    const accelerated = acceleratorOf(type) !== "none" || OF_OTHER_ACCELERATORS.test(type);
    return isKnownFamily(type.split(".")[0] ?? "") && !accelerated
      ? [{ path, given, message }]
      : [{ path, given, message, severity: "warning" }];
  });
}

/** A reservation has one type and one zone, and elsewhere no instance starts in it. */
function ofOneReservation(worker: Worker): Finding[] {
  if (worker.capacity_reservation?.id === undefined || !buysOnDemand(worker)) return [];
  const path = ["capacity_reservation", "id"];
  const findings: Finding[] = [];
  const types = worker.instance_requirements === null ? worker.instance_types.length : 2;
  if (types > 1) {
    const message =
      "is one reservation, which is of one instance type, and the group takes several: name that type in instance_types, or a resource_group_arn of reservations";
    findings.push({ path, given: [["instance_types"], ["instance_requirements"]], message });
  }
  if (!inOneZone(worker)) {
    const message =
      "is one reservation, which lies in one zone, and in the others no instance starts: name its zone in availability_zones";
    findings.push({ path, given: [["availability_zones"], ["per_zone"]], message, severity: "warning" });
  }
  return findings;
}

/** Auto Scaling takes a block by a launch template alone, without the policy that mixes instances. */
function mixed(worker: Worker): Finding[] {
  const settings = {
    instance_requirements: worker.instance_requirements !== null,
    instance_weights: Object.keys(worker.instance_weights).length > 0,
    on_demand_base_capacity: worker.on_demand_base_capacity > 0,
    on_demand_percentage_above_base_capacity: worker.on_demand_percentage_above_base_capacity !== null,
    on_demand_allocation_strategy: worker.on_demand_allocation_strategy !== null,
    spot_price: worker.spot_price !== null,
    warm_pool: worker.warm_pool !== null,
  };
  const message =
    "cannot be with capacity_type CAPACITY_BLOCK, whose instances are all of one block: remove one of them";
  return Object.entries(settings)
    .filter(([, said]) => said)
    .map(([key]) => ({ path: [key], given: [["capacity_type"]], message }));
}

const credits: WorkerRule = ({ cpu_credits, instance_requirements, instance_types }) => {
  if (cpu_credits === null) return [];
  const path = ["cpu_credits"];
  if (instance_requirements !== null) {
    if (instance_requirements.burstable_performance === "required") return [];
    const message = `is for T types only: set instance_requirements.burstable_performance: required, or remove it`;
    return [{ path, given: [["instance_requirements"]], message }];
  }
  const others = instance_types.filter((type) => !isBurstable(type));
  if (others.length === 0) return [];
  const message = `is for T types only, and EC2 starts no other with it: remove it, or take ${others.join(", ")} out of instance_types`;
  return [{ path, given: [["instance_types"]], message }];
};

const tenancy: WorkerRule = (worker) => {
  const findings: Finding[] = [];
  if (worker.host_resource_group_arn !== null && worker.tenancy !== "host") {
    const message = `has no effect with tenancy ${worker.tenancy}: set tenancy: host, or remove it`;
    findings.push({ path: ["host_resource_group_arn"], given: [["tenancy"]], message });
  }
  if (worker.tenancy === "host" && buysSpot(worker)) {
    const message = `is not for spot instances: take dedicated, or capacity_type: ON_DEMAND without a spot_price`;
    findings.push({ path: ["tenancy"], given: [["capacity_type"], ["spot_price"]], message });
  }
  return findings;
};

export function inOneZone({ availability_zones, per_zone }: Worker): boolean {
  return per_zone || availability_zones.length === 1;
}

/** What a group is bought as fits together, and nothing of it is without effect. */
export const checkBuying = eachWorker([kinds, weights, reservation, credits, tenancy]);
