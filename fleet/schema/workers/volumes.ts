import { posix } from "node:path";
import { z } from "zod";
import { kmsKeyArn } from "../../../language/words/arns";
import { resourceId } from "../../../language/words/aws-ids";
import { itemName } from "../../../language/words/names";

export const VOLUME_TYPES = ["gp3", "gp2", "io1", "io2"] as const;

const volumeType = z
  .enum(VOLUME_TYPES)
  .describe("Kind of EBS volume: gp3 by default; io1 and io2 guarantee their iops; gp2's follow from its size.");
const iops = z.int().min(100).max(256_000);
const throughput = z.int().min(125).max(2000);
const kmsKey = kmsKeyArn.describe(
  "KMS key that encrypts the volume. Its policy must let the service role of Auto Scaling use it, or no node starts.",
);

/** Directories that AL2023 runs from, by file-hierarchy(7): under an empty volume there is no node, and no further user data. */
const SYSTEM_DIRECTORIES = new Set(
  "/bin /dev /etc /lib /lib64 /proc /run /sbin /sys /usr /usr/bin /usr/lib /usr/lib64 /usr/sbin /var /var/lib".split(
    " ",
  ),
);

const mountPath = z
  .string()
  .regex(/^(?:\/[\w.-]+)+$/, "must be an absolute path, such as /data")
  .refine(
    (path) => !SYSTEM_DIRECTORIES.has(posix.normalize(path)),
    "must not cover a directory that the system runs from: take one of its own, such as /data",
  );

export const dataVolume = z.strictObject({
  name: itemName(31).describe("Name of the volume, unique in the group."),
  device_name: z
    .string()
    .regex(/^\/dev\/(?:sd[b-z]|xvd[b-z][a-z]?)$/, "must be a device, such as /dev/sdf")
    .describe("Device that the instance sees; /dev/sdf to /dev/sdp are always free."),
  size_gib: z.int().min(1).max(65_536).describe("Size in GiB; at least the snapshot's."),
  volume_type: volumeType.default("gp3"),
  iops: iops.optional().describe("Operations a second, for gp3, io1 and io2; left out, gp3 has 3000."),
  throughput_mib: throughput.optional().describe("MiB a second, for gp3; left out, it has 125."),
  kms_key_arn: kmsKey.optional(),
  snapshot_id: resourceId("snap", "a snapshot").optional().describe("Snapshot that is on the volume at first."),
  delete_on_termination: z
    .boolean()
    .describe("Whether the volume goes with its node. What stays costs money until somebody deletes it."),
  mount_path: mountPath
    .optional()
    .describe("Where AL2023 mounts it, with a file system of xfs if it has none; left out, it is not mounted."),
});

/** The disks of a node. */
export const volumes = {
  root_volume: z
    .strictObject({
      size_gib: z.int().min(20).max(65_536).describe("Size in GiB; an image of Linux needs 20, one of Windows 50."),
      volume_type: volumeType,
      iops: iops.describe("Operations a second; gp3 includes 3000."),
      throughput_mib: throughput.describe("MiB a second; gp3 includes 125, the others know none."),
      kms_key_arn: kmsKey
        .nullable()
        .describe(
          "KMS key that encrypts it; null takes the account's key for EBS. Its policy must let the service role of Auto Scaling use it, or no node starts.",
        ),
    })
    .describe(
      "The nodes' root volume, always encrypted. Of Bottlerocket it is the volume of pods and images; the system has another one.",
    ),
  data_volumes: z.array(dataVolume).max(20).describe("Further EBS volumes of each node, always encrypted."),
  local_storage_strategy: z
    .enum(["RAID0", "RAID10", "Mount"])
    .nullable()
    .describe(
      "Disks in the instance: RAID0 and RAID10 make them one, for pods and images; Mount mounts each below /mnt/k8s-disks. What is on them goes with the node. null leaves them unused.",
    ),
  local_storage_gib: z
    .int()
    .min(1)
    .max(500_000)
    .nullable()
    .describe(
      "What RAID0 or RAID10 makes of the disks of the smallest instance type, in GiB. cluster-autoscaler cannot know it of a group without nodes; null tells it nothing.",
    ),
};
