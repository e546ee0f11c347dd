import { type Booted, DEVICES, operatingSystemOf } from "../../../aws/ami";
import type { Path } from "../../../language/yaml/tree";
import type { Worker } from "../../model/cluster";
import { ofEachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";

/** What a group and a pool say of keys. */
interface Keyed {
  readonly root_volume: { readonly kms_key_arn: string | null };
  readonly data_volumes: readonly { readonly kms_key_arn?: string | undefined }[];
}

/** EBS encrypts with a key of its own region; a multi-region key has a replica there. */
export function volumeKeys({ root_volume, data_volumes }: Keyed, region: string): Finding[] {
  const named = [
    { path: ["root_volume", "kms_key_arn"], arn: root_volume.kms_key_arn },
    ...data_volumes.map(({ kms_key_arn }, index) => ({
      path: ["data_volumes", index, "kms_key_arn"],
      arn: kms_key_arn,
    })),
  ];
  return named.flatMap(({ path, arn }) => {
    const own = arn?.split(":")[3];
    if (own === undefined || own === region) return [];
    const message = `is a key of ${own}, and the volumes are in ${region}: name one of that region`;
    return [{ path, given: [["tfvars", "common", "aws_region"]], message }];
  });
}

type Volume = Pick<Worker["data_volumes"][number], "volume_type" | "iops" | "throughput_mib" | "size_gib">;

/** What gp3 includes: said of another kind, it says nothing. */
const INCLUDED = { iops: 3000, throughput_mib: 125 } as const;

/** Operations a second at least, for each GiB, and at most: EBS's guide to volume types, for gp3 since September 2025. */
const IOPS = {
  gp3: { least: INCLUDED.iops, each: 500, most: 80_000 },
  io1: { least: 100, each: 50, most: 64_000 },
  io2: { least: 100, each: 1000, most: 256_000 },
} as const;

/** GiB, by the same guide. */
const SIZES = {
  gp2: { least: 1, most: 16_384 },
  gp3: { least: 1, most: 65_536 },
  io1: { least: 4, most: 16_384 },
  io2: { least: 4, most: 65_536 },
} as const;

/** The volumes of a group are some that EBS makes and its operating system uses. */
export const checkVolumes: Check = (subject) =>
  ofEachWorker(subject, (worker) => [
    ...rootVolume(worker),
    ...volumeKeys(worker, subject.definition.tfvars.common.aws_region),
    ...worker.data_volumes.flatMap((volume, index) => dataVolume(worker, volume, index)),
    ...localDisk(worker),
  ]);

const GIVEN: readonly Path[] = [["ami_type"], ["ami_family"]];

function rootVolume(worker: Worker): Finding[] {
  const { root_volume } = worker;
  const findings = performance(root_volume, ["root_volume"]);
  if (operatingSystemOf(worker) !== "WINDOWS" || root_volume.size_gib >= 50) return findings;
  const message = `must be at least 50 for Windows, got ${root_volume.size_gib}`;
  return [...findings, { path: ["root_volume", "size_gib"], given: GIVEN, message }];
}

function performance(volume: Volume, path: Path): Finding[] {
  const { volume_type: type, iops, throughput_mib, size_gib } = volume;
  const given = [
    [...path, "volume_type"],
    [...path, "size_gib"],
  ];
  const findings: Finding[] = [];
  const { least, most } = SIZES[type];
  if (size_gib < least || size_gib > most)
    findings.push({
      path: [...path, "size_gib"],
      given: [[...path, "volume_type"]],
      message: `must be ${least} to ${most} for ${type}, got ${size_gib}: take another size, or another volume_type`,
    });
  if (type !== "gp3" && throughput_mib !== undefined && throughput_mib !== INCLUDED.throughput_mib)
    findings.push({
      path: [...path, "throughput_mib"],
      given,
      message: `has no effect on ${type}: remove it, or take gp3`,
    });
  if (type === "gp2") {
    if (iops !== undefined && iops !== INCLUDED.iops)
      findings.push({
        path: [...path, "iops"],
        given,
        message: "has no effect on gp2, whose operations follow from its size: remove it, or take gp3",
      });
    return findings;
  }
  if (iops === undefined && type !== "gp3")
    return [
      ...findings,
      { path: [...path, "iops"], given, message: `is missing: ${type} is bought by its operations a second` },
    ];
  const allowed = mostIops(type, size_gib);
  if (iops !== undefined && iops > allowed)
    findings.push({
      path: [...path, "iops"],
      given,
      message: `must be at most ${allowed} for ${type} of ${size_gib} GiB, got ${iops}: take fewer, more size_gib, or another volume_type`,
    });
  if (iops !== undefined && iops < IOPS[type].least)
    findings.push({
      path: [...path, "iops"],
      given,
      message: `must be at least ${IOPS[type].least} for ${type}, got ${iops}`,
    });
  const fastest = throughputLimit(iops ?? INCLUDED.iops);
  if (type === "gp3" && throughput_mib !== undefined && throughput_mib > fastest)
    findings.push({
      path: [...path, "throughput_mib"],
      given: [...given, [...path, "iops"]],
      message: `must be at most ${fastest}, a quarter of iops, got ${throughput_mib}`,
    });
  return findings;
}

/** Most operations a second of a volume; the smallest has the least that its kind is sold with. */
export function mostIops(type: keyof typeof IOPS, size_gib: number): number {
  const { each, least, most } = IOPS[type];
  return Math.max(Math.min(most, size_gib * each), least);
}

/** Most MiB a second of gp3: a quarter of one for each operation. */
export function throughputLimit(iops: number): number {
  return Math.floor(iops / 4);
}

export function dataVolume(
  worker: Booted & Pick<Worker, "data_volumes">,
  volume: Worker["data_volumes"][number],
  index: number,
): Finding[] {
  const path = ["data_volumes", index];
  const before = worker.data_volumes.slice(0, index);
  const system = operatingSystemOf(worker);
  const { root, system: own } = DEVICES[system];
  const findings = performance(volume, path);
  const twice = before.find(({ device_name }) => letter(device_name) === letter(volume.device_name));
  if (twice !== undefined)
    findings.push({ path: [...path, "device_name"], message: `is the device of ${twice.name} too: give each its own` });
  else if ([root, own ?? root].some((device) => letter(device) === letter(volume.device_name)))
    findings.push({
      path: [...path, "device_name"],
      given: GIVEN,
      message: "is a device of the image's own: take /dev/sdf or a later letter",
    });
  if (volume.mount_path !== undefined && system !== "AL2023") {
    const instead =
      system === "WINDOWS"
        ? "Windows does that in pre_bootstrap_script"
        : "Bottlerocket does that by bottlerocket_settings.bootstrap-containers";
    findings.push({ path: [...path, "mount_path"], given: GIVEN, message: `has no effect here: ${instead}` });
  } else if (volume.mount_path !== undefined && before.some(({ mount_path }) => mount_path === volume.mount_path)) {
    findings.push({ path: [...path, "mount_path"], message: "is another volume's too: give each its own" });
  }
  return findings;
}

/** EC2 takes sdf and xvdf for one; what is behind it are partitions. */
function letter(device: string): string {
  return device.replace(/^\/dev\/(?:sd|xvd)/, "").replace(/\d+$/, "");
}

function localDisk({ autoscaling, local_storage_gib, local_storage_strategy, min_size }: Worker): Finding[] {
  const pods = local_storage_strategy === "RAID0" || local_storage_strategy === "RAID10";
  const path = ["local_storage_gib"];
  const given = [["local_storage_strategy"], ["autoscaling"]];
  if (local_storage_gib !== null && (!pods || !autoscaling)) {
    const message = pods
      ? "has no effect without autoscaling: remove it"
      : "has no effect without local_storage_strategy RAID0 or RAID10: remove it";
    return [{ path, given, message }];
  }
  if (local_storage_gib !== null || !pods || !autoscaling || min_size > 0) return [];
  const message =
    "makes a disk that cluster-autoscaler knows nothing of while the group has no node: say its size in local_storage_gib, or pods that ask for ephemeral storage start none";
  return [
    { path: ["local_storage_strategy"], given: [path, ["autoscaling"], ["min_size"]], message, severity: "warning" },
  ];
}
