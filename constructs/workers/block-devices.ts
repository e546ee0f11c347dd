import type { LaunchTemplateBlockDeviceMappings } from "@cdktf/provider-aws/lib/launch-template";
import { DEVICES } from "../../aws/ami";
import type { NodeGroupPlan } from "../../fleet/plan/node-groups-plan";
import { given } from "../../language/given";

/** Returns every volume of a node, encrypted: a volume that is not listed would stay as its image has it. */
export function blockDevices({
  operatingSystem,
  worker,
}: Pick<NodeGroupPlan, "operatingSystem" | "worker">): LaunchTemplateBlockDeviceMappings[] {
  const { root, system } = DEVICES[operatingSystem];
  const { kms_key_arn, size_gib, volume_type, iops, throughput_mib } = worker.root_volume;
  const key = given({ kmsKeyId: kms_key_arn });
  return [
    ...(system === null
      ? []
      : [{ deviceName: system, ebs: { volumeType: "gp3", ...key, encrypted: "true", deleteOnTermination: "true" } }]),
    {
      deviceName: root,
      ebs: {
        volumeType: volume_type,
        volumeSize: size_gib,
        ...(volume_type !== "gp2" && { iops }),
        ...(volume_type === "gp3" && { throughput: throughput_mib }),
        ...key,
        encrypted: "true",
        deleteOnTermination: "true",
      },
    },
    ...worker.data_volumes.map((volume) => ({
      deviceName: volume.device_name,
      ebs: {
        volumeType: volume.volume_type,
        volumeSize: volume.size_gib,
        ...given({
          iops: volume.iops,
          throughput: volume.throughput_mib,
          kmsKeyId: volume.kms_key_arn,
          snapshotId: volume.snapshot_id,
        }),
        encrypted: "true",
        deleteOnTermination: String(volume.delete_on_termination),
      },
    })),
  ];
}
