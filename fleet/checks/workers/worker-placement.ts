import { mostAdapters } from "../../../aws/efa";
import type { Worker } from "../../model/cluster";
import { zonesOf } from "../../network/zones";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";
import { inOneZone, isBurstable } from "./worker-buying";

const PATH = "placement_group";
const GIVEN = [["availability_zones"], ["per_zone"]];

/** A spread group has one instance on a rack, and EC2 takes seven racks in a zone. */
const SPREAD_IN_ZONE = 7;

const placementGroup: WorkerRule = (worker, subject) => {
  if (worker.placement_group === null) return [];
  const { existing_name, partition_count, spread_level, strategy } = worker.placement_group;
  const findings: Finding[] = [];
  if ((existing_name === undefined) === (strategy === undefined)) {
    const got = strategy === undefined ? "none" : "both";
    const message = `must have one of existing_name (a group that exists) and strategy (one that is made), got ${got}`;
    findings.push({ path: [PATH], message });
  }
  const without = (key: string, wanted: string): Finding => ({
    path: [PATH, key],
    given: [[PATH, "strategy"]],
    message: `is for strategy ${wanted} only: remove it, or set strategy: ${wanted}`,
  });
  if (partition_count !== undefined && strategy !== "partition") findings.push(without("partition_count", "partition"));
  if (spread_level !== undefined && strategy !== "spread") findings.push(without("spread_level", "spread"));
  if (worker.capacity_type === "CAPACITY_BLOCK") {
    const message =
      "cannot be with CAPACITY_BLOCK, whose instances are close together already, and which lies in no placement group: remove it";
    return [...findings, { path: [PATH], given: [["capacity_type"]], message }];
  }
  if (strategy === "cluster") findings.push(...cluster(worker));
  if (strategy === "spread" && spread_level !== "host") findings.push(...spread(worker, zonesOf(subject).length));
  return findings;
};

function cluster(worker: Worker): Finding[] {
  const findings: Finding[] = [];
  if (!inOneZone(worker)) {
    const message =
      "cluster lies in one zone: name one zone in availability_zones, or set per_zone: true for a group in each";
    findings.push({ path: [PATH, "strategy"], given: GIVEN, message });
  }
  const burstable = worker.instance_requirements === null ? worker.instance_types.filter(isBurstable) : [];
  if (burstable.length > 0) {
    const message = `cluster takes no T types: take ${burstable.join(", ")} out of instance_types, or another strategy`;
    findings.push({ path: [PATH, "strategy"], given: [["instance_types"]], message });
  }
  return findings;
}

function spread({ availability_zones, max_size, per_zone }: Worker, zonesOfNetwork: number): Finding[] {
  const zones = per_zone ? 1 : availability_zones.length || zonesOfNetwork;
  const most = zones * SPREAD_IN_ZONE;
  if (zones === 0 || max_size <= most) return [];
  const message = `must be at most ${most}, because a spread group has ${SPREAD_IN_ZONE} instances in each of its zones, got ${max_size}`;
  return [{ path: ["max_size"], given: [[PATH], ...GIVEN], message }];
}

/** Partitions of instances on hardware of the account's own: EC2's guide to rules of placement groups. */
const DEDICATED_PARTITIONS = 2;

/** Hardware of the account's own is not in every kind of group: EC2's guide to rules of placement groups. */
const hardware: WorkerRule = ({ placement_group, subnet_tier, tenancy }, { definition }) => {
  if (placement_group === null) return [];
  const { partition_count = 0, spread_level, strategy } = placement_group;
  const findings: Finding[] = [];
  const { subnet_ids } = definition.tfvars.networking.existing_vpc;
  if (strategy === "spread" && spread_level === "host" && Object.keys(subnet_ids[subnet_tier]).length === 0) {
    const message =
      "host is for subnets of an Outpost, which only existing_vpc.subnet_ids name: take rack, which holds by default";
    const given = [["tfvars", "networking", "existing_vpc"]];
    findings.push({ path: [PATH, "spread_level"], given, message });
  }
  const given = [["tenancy"]];
  if (tenancy === "host") {
    const message =
      "cannot be with tenancy host: EC2 puts no Dedicated Host into a placement group. Remove one of them";
    findings.push({ path: [PATH], given, message });
  }
  if (tenancy !== "dedicated") return findings;
  if (strategy === "spread") {
    const message = "spread takes no dedicated instances: remove tenancy, or take another strategy";
    findings.push({ path: [PATH, "strategy"], given, message });
  }
  if (strategy === "partition" && partition_count > DEDICATED_PARTITIONS) {
    const message = `must be at most ${DEDICATED_PARTITIONS} for dedicated instances, got ${partition_count}`;
    findings.push({ path: [PATH, "partition_count"], given, message });
  }
  return findings;
};

const fabric: WorkerRule = (worker) => {
  const { capacity_reservation, efa_interface_count: count, instance_requirements, instance_types } = worker;
  const { placement_group } = worker;
  if (count === null) return [];
  const path = ["efa_interface_count"];
  const findings: Finding[] = [];
  // Where reserved instances are was decided with the reservation: in a group of ours they might not start.
  const reserved = capacity_reservation?.id ?? capacity_reservation?.resource_group_arn;
  const apart = placement_group?.strategy !== undefined && placement_group.strategy !== "cluster";
  if (apart || (placement_group === null && reserved === undefined)) {
    const message =
      "needs instances close together: set placement_group: { strategy: cluster }, or the existing_name of one";
    findings.push({ path, given: [[PATH]], message });
  }
  if (placement_group?.strategy !== "cluster" && !inOneZone(worker)) {
    const message =
      "needs one zone, which the fabric does not leave: name one in availability_zones, or set per_zone: true";
    findings.push({ path, given: GIVEN, message });
  }
  if (count > 1 && worker.associate_public_ip_address === true) {
    const message = "is for instances of one interface, and efa_interface_count makes several: remove one of them";
    findings.push({ path: ["associate_public_ip_address"], given: [path], message });
  }
  if (instance_requirements !== null) {
    const message = "needs instance_types, because instance_requirements cannot ask for adapters: remove one of them";
    return [...findings, { path, given: [["instance_requirements"]], message }];
  }
  for (const type of instance_types) {
    const most = mostAdapters(type);
    if (most === undefined || count <= most) continue;
    const message =
      most === 0
        ? `${type} has no adapter: remove it, or take a type that has`
        : `must be at most ${most}, the adapters of ${type}, got ${count}`;
    findings.push({ path, given: [["instance_types"]], message });
  }
  return findings;
};

/** Where instances start: groups that can be, and adapters that there are. */
export const checkPlacement = eachWorker([placementGroup, hardware, fabric]);
