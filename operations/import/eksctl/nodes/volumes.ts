import type { Config } from "../config";
import type { GroupTranslation } from "./group-translation";

const DEFAULT_GIB = 80;
/** IOPS of a provisioned volume whose file names none. */
const DEFAULT_IOPS: Readonly<Record<string, number>> = { io1: 100, io2: 100 };

const MAGNETIC = "nodes need a volume of type gp3, gp2, io1 or io2";

/** Translates the volumes of a group. */
export function translateVolumes(translation: GroupTranslation): void {
  const { group, item } = translation;
  const size = group.at("volumeSize").number();
  item.set("root_volume.size_gib", size ?? DEFAULT_GIB, size === undefined ? "eksctl's default" : undefined);
  for (const [key, value] of Object.entries(typeOf(group, translation)))
    item.set(`root_volume.${key}`, key === "volume_type" && value === "gp3" ? undefined : value);
  group.at("volumeName").skip("the image decides about the device of the root volume");
  const encrypted = group.at("volumeEncrypted");
  if (encrypted.peek() === false) encrypted.leave("volumes are always encrypted here");
  else encrypted.skip("volumes are always encrypted here");
  const optimized = group.at("ebsOptimized");
  if (optimized.peek() === false) optimized.leave("instance types decide about this");
  else optimized.skip("current instance types always are");
  for (const [index, volume] of group.at("additionalVolumes").items().entries()) dataVolume(volume, index, translation);
}

function dataVolume(config: Config, index: number, translation: GroupTranslation): void {
  const { item } = translation;
  const volume = item.item("data_volumes");
  volume.set("name", `data-${index + 1}`);
  const device = config.at("volumeName").text();
  volume.set("device_name", device ?? `/dev/sd${String.fromCharCode("f".charCodeAt(0) + index)}`);
  volume.set("size_gib", config.at("volumeSize").number() ?? DEFAULT_GIB);
  for (const [key, value] of Object.entries(typeOf(config, translation))) volume.set(key, value);
  volume.set("snapshot_id", config.at("snapshotID").text());
  volume.set("delete_on_termination", true);
  const encrypted = config.at("volumeEncrypted");
  if (encrypted.peek() === true) encrypted.skip("volumes are always encrypted here");
  else encrypted.leave("volumes are always encrypted here");
}

/** Returns the settings that the root volume and further volumes share. */
function typeOf(
  config: Config,
  { account, partition, region }: GroupTranslation,
): Readonly<Record<string, string | number | undefined>> {
  const type = config.at("volumeType");
  const isMagnetic = ["sc1", "st1"].includes(String(type.peek()));
  if (isMagnetic) type.leave(MAGNETIC);
  const name = isMagnetic ? "gp3" : (type.text() ?? "gp3");
  const key = config.at("volumeKmsKeyID").text();
  return {
    volume_type: name,
    iops: config.at("volumeIOPS").number() ?? DEFAULT_IOPS[name],
    throughput_mib: config.at("volumeThroughput").number(),
    kms_key_arn:
      key === undefined || key.startsWith("arn:") ? key : `arn:${partition}:kms:${region}:${account.id}:key/${key}`,
  };
}
