import { posix } from "node:path";
import { z } from "zod";
import { kmsKeyArn } from "../../../language/words/arns";
import { resourceId } from "../../../language/words/aws-ids";
import { itemName } from "../../../language/words/names";

const VOLUME_TYPES = ["gp3", "gp2", "io1", "io2"] as const;

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
    "must not cover a directory that the system runs from. Use another directory, such as /data",
  );

export const dataVolume = z.strictObject({
  name: itemName(31).describe("Name of the volume, unique in the group."),
  device_name: z
    .string()
    .regex(/^\/dev\/(?:sd[b-z]|xvd[b-z][a-z]?)$/, "must be a device, such as /dev/sdf")
    .describe("Device that the instance sees; /dev/sdf to /dev/sdp are always free."),
  size_gib: z.int().min(1).max(65_536).describe("Size in GiB; at least the snapshot's."),
  volume_type: volumeType.default("gp3"),
  iops: iops.optional().describe("I/O operations a second, for gp3, io1 and io2. Default: 3000 for gp3."),
  throughput_mib: throughput.optional().describe("Throughput in MiB a second, for gp3. Default: 125."),
  kms_key_arn: kmsKey.optional(),
  snapshot_id: resourceId("snap", "a snapshot").optional().describe("Snapshot that is on the volume at first."),
  delete_on_termination: z
    .boolean()
    .describe("Deletes the volume together with its node. Volumes that remain cost money until they are deleted."),
  mount_path: mountPath
    .optional()
    .describe(
      "Directory where AL2023 mounts the volume, with an xfs file system if it has none. By default, it is not mounted.",
    ),
});

/** The disks of a node. */
export const volumes = {
  root_volume: z
    .strictObject({
      size_gib: z.int().min(20).max(65_536).describe("Size in GiB. A Linux image requires 20, a Windows image 50."),
      volume_type: volumeType,
      iops: iops.describe("Operations a second; gp3 includes 3000."),
      throughput_mib: throughput.describe(
        "Throughput in MiB a second; gp3 includes 125. Other types do not support it.",
      ),
      kms_key_arn: kmsKey
        .nullable()
        .describe(
          "KMS key that encrypts the volume; null uses the account's key for EBS. Its policy must let the service role of Auto Scaling use it, or no node starts.",
        ),
    })
    .describe(
      "The nodes' root volume, always encrypted. On Bottlerocket it is the volume of pods and images; the system has another one.",
    ),
  data_volumes: z.array(dataVolume).max(20).describe("Further EBS volumes of each node, always encrypted."),
  local_storage_strategy: z
    .enum(["RAID0", "RAID10", "Mount"])
    .nullable()
    .describe(
      "Disks of the instance: RAID0 and RAID10 combine them into one, for pods and images. Mount mounts each below /mnt/k8s-disks. Their content is lost with the node. null leaves them unused.",
    ),
  local_storage_gib: z
    .int()
    .min(1)
    .max(500_000)
    .nullable()
    .describe(
      "Size in GiB of the disks that RAID0 or RAID10 combine, for the smallest instance type. cluster-autoscaler uses it for a group without nodes; null sets nothing.",
    ),
};
