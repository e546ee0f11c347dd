import { z } from "zod";

/** The disks of a node. */
export const volumes = {
  root_volume: z
    .strictObject({
      size_gib: z.int().min(20).max(16384).describe("Size in GiB; the image needs 20."),
      iops: z.int().min(3000).max(16000).describe("Operations a second; gp3 includes 3000."),
      throughput_mib: z.int().min(125).max(1000).describe("MiB a second; gp3 includes 125."),
    })
    .describe("The nodes' root volume: gp3, always encrypted."),
};
