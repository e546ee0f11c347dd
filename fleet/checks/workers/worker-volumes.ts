import { type Booted, DEVICES, operatingSystemOf } from "../../../aws/ami";
import { sharedTwice } from "../../../language/twice";
import type { Worker } from "../../model/cluster";
import { eachItem, type ItemRule, within } from "../../rules/each-item";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import type { Finding } from "../../rules/finding";
import { atLeast, inRegion, noEffect } from "../../rules/forms";

/** Volumes of a group or of a pool, with their keys. */
interface Keyed {
  readonly root_volume: { readonly kms_key_arn: string | null };
  readonly data_volumes: readonly { readonly kms_key_arn?: string | undefined }[];
}

const KEY = "kms_key_arn";

/** Reports keys of other regions than the volumes'. A multi-region key has a replica in each region. */
export function volumeKeys({ data_volumes, root_volume }: Keyed, region: string): Finding[] {
  return [
    ...inRegion(["root_volume", KEY], root_volume.kms_key_arn, region),
    ...eachItem(["data_volumes"], data_volumes, [({ kms_key_arn }) => inRegion([KEY], kms_key_arn, region)]),
  ];
}

type Volume = Pick<Worker["data_volumes"][number], "volume_type" | "iops" | "throughput_mib" | "size_gib">;

/** IOPS and throughput that gp3 includes. For other types, these values count as not set. */
const INCLUDED = { iops: 3000, throughput_mib: 125 } as const;

/** IOPS: least, for each GiB, and most. From EBS's guide to volume types; for gp3 since September 2025. */
const IOPS = {
  gp3: { least: INCLUDED.iops, each: 500, most: 80_000 },
  io1: { least: 100, each: 50, most: 64_000 },
  io2: { least: 100, each: 1000, most: 256_000 },
} as const;

/** GiB, from the same guide. */
const SIZES = {
  gp2: { least: 1, most: 16_384 },
  gp3: { least: 1, most: 65_536 },
  io1: { least: 4, most: 16_384 },
  io2: { least: 4, most: 65_536 },
} as const;

type VolumeRule = (volume: Volume) => readonly Finding[];

const size: VolumeRule = ({ size_gib, volume_type }) => {
  const { least, most } = SIZES[volume_type];
  if (size_gib >= least && size_gib <= most) return [];
  const message = `must be between ${least} and ${most} for ${volume_type}, but is ${size_gib}. Use another size, or another volume_type`;
  return [{ path: ["size_gib"], message }];
};

const throughput: VolumeRule = ({ iops, throughput_mib, volume_type }) => {
  if (throughput_mib === undefined) return [];
  const path = ["throughput_mib"];
  if (volume_type !== "gp3") {
    if (throughput_mib === INCLUDED.throughput_mib) return [];
    return [noEffect(path, `volume_type is ${volume_type}`, "or use gp3")];
  }
  const most = throughputLimit(iops ?? INCLUDED.iops);
  if (throughput_mib <= most) return [];
  return [{ path, message: `must be at most ${most}, a quarter of iops, but is ${throughput_mib}` }];
};

const leastIops: VolumeRule = ({ iops, volume_type }) => {
  const path = ["iops"];
  if (volume_type === "gp2") {
    if (iops === undefined || iops === INCLUDED.iops) return [];
    return [noEffect(path, "the size of a gp2 volume sets its IOPS", "or use gp3")];
  }
  if (iops === undefined) return volume_type === "gp3" ? [] : [{ path, message: `is required for ${volume_type}` }];
  const { least } = IOPS[volume_type];
  return iops >= least ? [] : [{ path, message: `must be at least ${least} for ${volume_type}, but is ${iops}` }];
};

const mostIopsOfSize: VolumeRule = ({ iops, size_gib, volume_type }) => {
  if (iops === undefined || volume_type === "gp2") return [];
  const most = mostIops(volume_type, size_gib);
  if (iops <= most) return [];
  const message = `must be at most ${most} for ${volume_type} of ${size_gib} GiB, but is ${iops}. Lower it, increase size_gib, or use another volume_type`;
  return [{ path: ["iops"], message }];
};

const PERFORMANCE = [size, throughput, leastIops, mostIopsOfSize];

/** Returns the most IOPS of a volume. The smallest volumes have the least IOPS of their type. */
export function mostIops(type: keyof typeof IOPS, size_gib: number): number {
  const { each, least, most } = IOPS[type];
  return Math.max(Math.min(most, size_gib * each), least);
}

/** Returns the highest throughput of gp3 in MiB/s: a quarter of its IOPS. */
export function throughputLimit(iops: number): number {
  return Math.floor(iops / 4);
}

type DataVolume = Worker["data_volumes"][number];

/** Reports volumes that a system cannot attach or mount, and volumes that EBS does not offer. */
export function dataVolumes(group: Booted & { readonly data_volumes: readonly DataVolume[] }): Finding[] {
  const { data_volumes } = group;
  const path = ["data_volumes"];
  return [
    ...eachItem(path, data_volumes, [...PERFORMANCE, imageDevice(group), mountPath(group)]),
    ...sharedTwice(data_volumes, ({ device_name }) => letter(device_name), path, "device_name", alsoOf("device")),
    ...sharedTwice(data_volumes, ({ mount_path }) => mount_path, path, "mount_path", alsoOf("mount path")),
  ];
}

const alsoOf =
  (what: string) =>
  (_: string, first: string): string =>
    `is also the ${what} of ${first}. Use another one`;

const imageDevice =
  (group: Booted): ItemRule<DataVolume> =>
  ({ device_name }) => {
    const { root, system } = DEVICES[operatingSystemOf(group)];
    if (![root, system ?? root].some((device) => letter(device) === letter(device_name))) return [];
    return [{ path: ["device_name"], message: "is a device of the image. Use /dev/sdf or a later letter" }];
  };

const mountPath =
  (group: Booted): ItemRule<DataVolume> =>
  ({ mount_path }) => {
    if (mount_path === undefined) return [];
    const path = ["mount_path"];
    const system = operatingSystemOf(group);
    if (system === "AL2023") return [];
    return system === "WINDOWS"
      ? [noEffect(path, "Windows mounts no volumes", "and mount the volume in pre_bootstrap_script")]
      : [
          noEffect(
            path,
            "Bottlerocket mounts no volumes",
            "and mount the volume with bottlerocket_settings.bootstrap-containers",
          ),
        ];
  };

/** Returns the letter of a device. EC2 treats sdf and xvdf as the same; the digits after it are partitions. */
function letter(device: string): string {
  return device.replace(/^\/dev\/(?:sd|xvd)/, "").replace(/(?<!\d)\d+$/, "");
}

/** GiB. */
const LEAST_OF_WINDOWS = { key: "the size of Windows images", value: 50 };

const windowsRoot: WorkerRule = (worker) =>
  operatingSystemOf(worker) === "WINDOWS"
    ? atLeast(["root_volume", "size_gib"], worker.root_volume.size_gib, LEAST_OF_WINDOWS)
    : [];

/** True if a group's pods use the instance store as ephemeral storage. */
function podsUseInstanceStore({ local_storage_strategy }: Worker): boolean {
  return local_storage_strategy === "RAID0" || local_storage_strategy === "RAID10";
}

const announcedDisk: WorkerRule = (worker) => {
  if (worker.local_storage_gib === null) return [];
  const path = ["local_storage_gib"];
  if (!podsUseInstanceStore(worker)) return [noEffect(path, "local_storage_strategy is not RAID0 or RAID10")];
  return worker.autoscaling ? [] : [noEffect(path, "autoscaling is false")];
};

const unannouncedDisk: WorkerRule = (worker) => {
  const { autoscaling, local_storage_gib, min_size } = worker;
  if (local_storage_gib !== null || !autoscaling || min_size > 0 || !podsUseInstanceStore(worker)) return [];
  const message =
    "creates a disk that cluster-autoscaler cannot see while the group has no node, so pods that request ephemeral storage stay pending. Set local_storage_gib to its size";
  return [{ path: ["local_storage_strategy"], message, severity: "warning" }];
};

export const checkVolumes = eachWorker([
  ...PERFORMANCE.map(
    (rule): WorkerRule =>
      ({ root_volume }) =>
        rule(root_volume).map((finding) => within(["root_volume"], finding)),
  ),
  windowsRoot,
  (worker, { definition }) => volumeKeys(worker, definition.tfvars.common.aws_region),
  dataVolumes,
  announcedDisk,
  unannouncedDisk,
]);
