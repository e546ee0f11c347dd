import { EFA_DATE, firstCardTakesNoAdapter, mostAdapters } from "../../../aws/efa";
import type { Worker } from "../../model/cluster";
import { zonesOf } from "../../network/zones";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";
import { atMost, requires } from "../../rules/forms";
import { isBurstable } from "./worker-buying";
import { inOneZone } from "./worker-reservations";

const PATH = "placement_group";

/** A spread group places each instance on a rack of its own, and EC2 uses 7 racks in a zone. */
const SPREAD_IN_ZONE = 7;
/** Partitions that EC2 supports for Dedicated Instances (EC2 User Guide, rules of placement groups). */
const DEDICATED_PARTITIONS = 2;

type Group = NonNullable<Worker["placement_group"]>;

/** Returns a rule about groups that are in a placement group. */
const placed =
  (rule: (group: Group, ...of: Parameters<WorkerRule>) => readonly Finding[]): WorkerRule =>
  (worker, subject) =>
    worker.placement_group === null ? [] : rule(worker.placement_group, worker, subject);

const identity = placed(({ existing_name, strategy }) => {
  if ((existing_name === undefined) !== (strategy === undefined)) return [];
  const has = strategy === undefined ? "none" : "both";
  const message = `must have one of existing_name (an existing group) and strategy (a new group), but has ${has}`;
  return [{ path: [PATH], message }];
});

const keyOfStrategy = (key: "partition_count" | "spread_level", wanted: "partition" | "spread") =>
  placed((group) =>
    group[key] === undefined || group.strategy === wanted
      ? []
      : [requires([PATH, key], `strategy: ${wanted}`, `Remove it, or set strategy: ${wanted}`)],
  );

const block = placed((_, { capacity_type }) => {
  if (capacity_type !== "CAPACITY_BLOCK") return [];
  const message =
    "conflicts with capacity_type: CAPACITY_BLOCK, whose instances are already close together and cannot be in a placement group. Remove it";
  return [{ path: [PATH], message }];
});

const clusterInOneZone = placed(({ strategy }, worker) =>
  strategy === "cluster" && !inBlock(worker) && !inOneZone(worker)
    ? [
        requires(
          [PATH, "strategy"],
          "one zone for cluster",
          "List one zone in availability_zones, or set per_zone: true for a group in each zone",
        ),
      ]
    : [],
);

const clusterTypes = placed(({ strategy }, worker) => {
  if (strategy !== "cluster" || inBlock(worker) || worker.instance_requirements !== null) return [];
  const burstable = worker.instance_types.filter(isBurstable);
  if (burstable.length === 0) return [];
  const message = `cluster does not support T types. Remove ${burstable.join(", ")} from instance_types or use another strategy`;
  return [{ path: [PATH, "strategy"], message }];
});

const inBlock = ({ capacity_type }: Worker): boolean => capacity_type === "CAPACITY_BLOCK";

const racks = placed(({ spread_level, strategy }, worker, subject) => {
  if (strategy !== "spread" || spread_level === "host" || inBlock(worker)) return [];
  const { availability_zones, max_size, per_zone } = worker;
  const zones = per_zone ? 1 : availability_zones.length || zonesOf(subject).length;
  if (zones === 0) return [];
  const key = `${SPREAD_IN_ZONE} instances of a spread group in each of ${zones} zones`;
  return atMost(["max_size"], max_size, { key, value: zones * SPREAD_IN_ZONE });
});

const outpost = placed(({ spread_level, strategy }, { subnet_tier }, { definition }) => {
  if (strategy !== "spread" || spread_level !== "host") return [];
  if (Object.keys(definition.tfvars.networking.existing_vpc.subnet_ids[subnet_tier]).length > 0) return [];
  return [
    requires(
      [PATH, "spread_level"],
      `subnets of an Outpost in existing_vpc.subnet_ids.${subnet_tier} for host`,
      "Add them or use rack",
    ),
  ];
});

const hosts = placed((_, { tenancy }) => {
  if (tenancy !== "host") return [];
  const message =
    "conflicts with tenancy: host, because no Dedicated Host can be in a placement group. Remove one of them";
  return [{ path: [PATH], message }];
});

const dedicatedSpread = placed(({ strategy }, { tenancy }) => {
  if (tenancy !== "dedicated" || strategy !== "spread") return [];
  const message = "spread does not support Dedicated Instances. Remove tenancy or use another strategy";
  return [{ path: [PATH, "strategy"], message }];
});

const dedicatedPartitions = placed(({ partition_count = 0, strategy }, { tenancy }) =>
  tenancy === "dedicated" && strategy === "partition"
    ? atMost([PATH, "partition_count"], partition_count, {
        key: "the partitions of Dedicated Instances",
        value: DEDICATED_PARTITIONS,
      })
    : [],
);

const ADAPTERS = ["efa_interface_count"] as const;

/** Returns a rule about groups with Elastic Fabric Adapters. */
const fabric =
  (rule: (count: number, worker: Worker) => readonly Finding[]): WorkerRule =>
  (worker) =>
    worker.efa_interface_count === null ? [] : rule(worker.efa_interface_count, worker);

const closeTogether = fabric((_, { capacity_reservation, placement_group }) => {
  const strategy = placement_group?.strategy;
  // The place of reserved instances was chosen with the reservation: they might not start in a new group.
  const reserved = capacity_reservation?.id ?? capacity_reservation?.resource_group_arn;
  const together = placement_group === null ? reserved !== undefined : strategy === undefined || strategy === "cluster";
  if (together) return [];
  const remedy = "Set placement_group: { strategy: cluster }, or the existing_name of such a group";
  const message = `is faster between instances that are close together. ${remedy}`;
  return [{ path: ADAPTERS, message, severity: "warning" }];
});

const fabricInOneZone = fabric((_, worker) =>
  worker.placement_group?.strategy === "cluster" || inOneZone(worker)
    ? []
    : [requires(ADAPTERS, "one zone", "List one zone in availability_zones, or set per_zone: true")],
);

const addressOfAdapters = fabric((count, { associate_public_ip_address, instance_types }) => {
  const single = count <= 1 && !instance_types.some(firstCardTakesNoAdapter);
  if (single || associate_public_ip_address !== true) return [];
  const message = `requires instances with one network interface, but efa_interface_count is ${count}. Remove one of them`;
  return [{ path: ["associate_public_ip_address"], message }];
});

const adapters = fabric((count, { instance_requirements, instance_types }) => {
  if (instance_requirements !== null)
    return [
      requires(ADAPTERS, "instance_types", "Remove instance_requirements, which cannot select types by adapters"),
    ];
  return instance_types.flatMap((type) => {
    const most = mostAdapters(type);
    if (most === undefined) {
      const message = `${type} is not in the list of adapters of ${EFA_DATE}. The first adapter is on the first network card, which must support EFA. Compare with AWS's list of instance types`;
      return [{ path: ADAPTERS, message, severity: "warning" }];
    }
    if (most !== 0) return atMost(ADAPTERS, count, { key: `the adapters of ${type}`, value: most });
    return [{ path: ADAPTERS, message: `${type} has no adapter. Remove this key or use another type` }];
  });
});

/** All types of a group have the launch template's interfaces. */
const sameCards = fabric((_, { instance_requirements, instance_types }) => {
  const without = instance_requirements === null ? instance_types.filter(firstCardTakesNoAdapter) : [];
  if (without.length === 0 || without.length === instance_types.length) return [];
  const message = `requires types with the same network cards, but the first card of ${without.join(", ")} supports no adapter. Create a group for ${without.length === 1 ? "it" : "them"}`;
  return [{ path: ["instance_types"], message }];
});

/** Instances start in placement groups that EC2 supports, with adapters that their types have. */
export const checkPlacement = eachWorker([
  identity,
  keyOfStrategy("partition_count", "partition"),
  keyOfStrategy("spread_level", "spread"),
  block,
  clusterInOneZone,
  clusterTypes,
  racks,
  outpost,
  hosts,
  dedicatedSpread,
  dedicatedPartitions,
  closeTogether,
  fabricInOneZone,
  addressOfAdapters,
  adapters,
  sameCards,
]);
