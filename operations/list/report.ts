import { z } from "zod";

/** One cluster in the answer of `fleet list`. */
export const listedCluster = z.object({
  name: z.string().describe("CLUSTER_NAME."),
  account: z.string().describe("Name of the account."),
  region: z.string().describe("AWS region."),
  tier: z.string().describe("Name of the tier."),
  channel: z.string().nullable().describe("Channel that names the release; null if the definition names a release."),
  release: z.string().describe("Name of the release."),
  kubernetes_version: z.string().describe("Minor version of Kubernetes."),
  standard_support_days: z
    .number()
    .int()
    .nullable()
    .describe("Days of standard support that are left; negative after its end, null if the end is not known."),
  extended_support_days: z
    .number()
    .int()
    .nullable()
    .describe("Days of extended support that are left; negative after its end, null if the end is not known."),
  stacks: z.array(z.string()).describe("Names of the stacks, in the order of their deployment."),
  owner: z.string().describe("Team that owns the cluster."),
  held_until: z
    .string()
    .nullable()
    .describe("Last day of the hold that keeps the cluster on its release, YYYY-MM-DD; null if it is not held."),
});

/** The answer of `fleet list`. */
export const listReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  today: z.string().describe("Day that the days of support are counted from, YYYY-MM-DD."),
  clusters: z.array(listedCluster),
});

export type ListedCluster = Readonly<z.output<typeof listedCluster>>;
export type ListReport = Readonly<z.output<typeof listReport>>;
