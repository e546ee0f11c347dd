import { z } from "zod";

/** The answer of `fleet new`. */
export const newClusterReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  name: z.string().describe("CLUSTER_NAME."),
  owner: z.string().describe("Team that owns the cluster."),
  account: z.string().describe("Name of the account."),
  tier: z.string().describe("Name of the tier."),
  region: z.string().describe("AWS region."),
  range: z.string().describe("Range of the VPC, reserved in ranges.yaml."),
  preset: z.string().describe("Name of the preset."),
  files: z.record(z.string(), z.string()).describe("Path -> whole text of each file."),
  written: z.boolean().describe("False with --dry-run."),
});

export type NewClusterReport = Readonly<z.output<typeof newClusterReport>>;
