import type { LaunchTemplateBlockDeviceMappings } from "@cdktf/provider-aws/lib/launch-template";
import { DEVICES, operatingSystemOf } from "../../aws/ami";
import type { Worker } from "../../fleet/model/cluster";

/** Every volume of a node, encrypted: EC2 would leave one that is not said here as its image has it. */
export function blockDevices(worker: Worker): LaunchTemplateBlockDeviceMappings[] {
  const { root, system } = DEVICES[operatingSystemOf(worker)];
  const { kms_key_arn, size_gib, volume_type, iops, throughput_mib } = worker.root_volume;
  const key = kms_key_arn === null ? {} : { kmsKeyId: kms_key_arn };
  return [
    ...(system === null
      ? []
      : [{ deviceName: system, ebs: { volumeType: "gp3", ...key, encrypted: "true", deleteOnTermination: "true" } }]),
    {
      deviceName: root,
      ebs: {
        volumeType: volume_type,
        volumeSize: size_gib,
        ...(volume_type === "gp2" ? {} : { iops }),
        ...(volume_type === "gp3" ? { throughput: throughput_mib } : {}),
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
        ...(volume.iops === undefined ? {} : { iops: volume.iops }),
        ...(volume.throughput_mib === undefined ? {} : { throughput: volume.throughput_mib }),
        ...(volume.kms_key_arn === undefined ? {} : { kmsKeyId: volume.kms_key_arn }),
        ...(volume.snapshot_id === undefined ? {} : { snapshotId: volume.snapshot_id }),
        encrypted: "true",
        deleteOnTermination: String(volume.delete_on_termination),
      },
    })),
  ];
}
