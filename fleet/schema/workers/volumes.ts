import { z } from "zod";

/** The disks of a node. */
export const volumes = {
  local_storage_strategy: z
    .enum(["RAID0", "RAID10", "Mount"])
    .nullable()
    .describe(
      "Disks in the instance: RAID0 and RAID10 make them one, for pods and images; Mount mounts each below /mnt/k8s-disks. What is on them goes with the node. null leaves them unused.",
    ),
  root_volume: z
    .strictObject({
      size_gib: z.int().min(20).max(16384).describe("Size in GiB; the image needs 20."),
      iops: z.int().min(3000).max(16000).describe("Operations a second; gp3 includes 3000."),
      throughput_mib: z.int().min(125).max(1000).describe("MiB a second; gp3 includes 125."),
    })
    .describe("The nodes' root volume: gp3, always encrypted."),
};
