import { z } from "zod";
import type { DeepReadonly } from "../../fleet/model/cluster";

const pin = z.strictObject({
  path: z.string().describe("Key below the Kubernetes version: ami_release_version, eks_addons.coredns."),
  version: z.string(),
  seen: z
    .string()
    .nullable()
    .describe("Where and when the version was seen with this Kubernetes version; null if it was never seen."),
  age_days: z
    .int()
    .nullable()
    .describe("Days since the image was built, or since the version was seen last; null if unknown."),
  newer: z.string().nullable().describe("The newest version in seen-versions.yaml, if it is newer."),
});

const chart = z.strictObject({
  addon: z.string().describe("Key of the chart in the release."),
  repository: z.string(),
  chart: z.string(),
  version: z.string(),
  kube_version: z
    .string()
    .nullable()
    .describe("Kubernetes versions that the chart supports; null if it declares none."),
  seen: z.string().nullable(),
  newer: z
    .strictObject({ version: z.string(), kube_version: z.string().nullable(), url: z.string() })
    .nullable()
    .describe(
      "The newest version for every Kubernetes version of the release, if it is newer. Only with --check or --write.",
    ),
  not_checked: z
    .string()
    .nullable()
    .describe("Reason why the registry was not compared; null if it was, or without --check."),
});

const release = z.strictObject({
  name: z.string(),
  channels: z.array(z.string()).describe("Channels that name the release."),
  clusters: z.int().describe("Clusters that use the release, by a channel or by its name."),
  kubernetes: z.array(z.strictObject({ version: z.string(), pins: z.array(pin) })),
  charts: z.array(chart),
});

/** Answer of `fleet versions`. */
export const versionsReport = z.strictObject({
  version: z.literal(1).describe("Version of this format. Keys are only added to it."),
  today: z.iso.date(),
  checked: z.boolean().describe("True if registries were queried."),
  releases: z.array(release),
  images: z
    .array(
      z.strictObject({
        image: z.string(),
        digest: z.string().nullable().describe("What the tag names now, which was written to pipelines.yaml."),
        problem: z.string().nullable().describe("Reason why the query of the registry failed; null if it succeeded."),
      }),
    )
    .describe("Images of pipelines.yaml that only their tag pinned. Only with --write."),
  written: z.array(z.string()).describe("Files that were written."),
});

export type VersionsReport = DeepReadonly<z.output<typeof versionsReport>>;
export type ReleaseVersions = DeepReadonly<z.output<typeof release>>;
export type ChartPin = DeepReadonly<z.output<typeof chart>>;
export type VersionPin = DeepReadonly<z.output<typeof pin>>;
