import { z } from "zod";
import { heldCluster } from "../rollout/held";

const version = z.literal(1).describe("Version of this format. It is raised if a property changes or disappears.");

/** The answer of `fleet promote`. */
export const promoteReport = z.object({
  version,
  target: z.object({ kind: z.enum(["channel", "cluster"]), name: z.string() }),
  from: z.string().describe("Release before."),
  to: z.string().describe("Release after; the same if there is nothing to do."),
  file: z.string().nullable().describe("The one file that the promotion edits; null if there is nothing to do."),
  clusters: z.array(z.string()).describe("Clusters that get the release."),
  held: z.array(heldCluster).describe("Clusters of the channel that are held, and stay where they are."),
  refused: z.array(z.string()).describe("Why the promotion is refused; empty if it is not."),
  written: z.boolean().describe("True if the file was edited."),
  commands: z.array(z.string()).describe("Commands that propose the change; empty if a pull request was opened."),
  pull_request: z.string().nullable().describe("Address of the pull request that was opened."),
});
export type PromoteReport = Readonly<z.output<typeof promoteReport>>;

const pinChange = z.object({
  name: z.string().describe("Key in the release: `charts.traefik`, `kubernetes[1.35].eks_addons.coredns`, `program`."),
  before: z.string().nullable().describe("Null if it is new."),
  after: z.string().nullable().describe("Null if it is gone."),
  link: z.string().nullable().describe("The publisher's notes of the later version; null if no address is known."),
});

/** The answer of `fleet release diff`. */
export const releaseDiffReport = z.object({
  version,
  from: z.string(),
  to: z.string(),
  changes: z.array(pinChange).describe("Versions that differ."),
  settings: z.array(z.string()).describe("Keys of `tfvars` and `platforms` that differ."),
});
export type ReleaseDiffReport = Readonly<z.output<typeof releaseDiffReport>>;

const kindReport = z.object({
  kind: z.string().describe("What the clusters have in common: their tier and their release."),
  clusters: z.array(z.string()),
  actions: z.record(z.string(), z.int()).describe("Action of `fleet diff` -> number of resources."),
  nodes: z.array(z.string()).describe("Resources whose change replaces nodes."),
  replaced: z.array(z.string()).describe("Resources that are replaced or destroyed."),
});

/** The answer of `fleet release notes`. */
export const releaseNotesReport = releaseDiffReport.extend({
  kinds: z.array(kindReport).describe("What the release does to clusters that do not have it yet, by their kinds."),
});
export type ReleaseNotesReport = Readonly<z.output<typeof releaseNotesReport>>;

/** The answer of `fleet release check`. */
export const releaseCheckReport = z.object({
  version,
  release: z.string(),
  clusters: z.array(z.string()).describe("Clusters that would get the release."),
  held: z.array(heldCluster),
  errors: z.array(z.string()).describe("What is wrong with their definitions with the release."),
  kinds: z.array(kindReport),
  rehearsed: z.array(
    z.object({
      cluster: z.string(),
      failed: z.string().nullable().describe("What Terraform reported; null if it succeeded."),
    }),
  ),
});
export type ReleaseCheckReport = Readonly<z.output<typeof releaseCheckReport>>;

/** The answer of `fleet release new`. */
export const releaseNewReport = z.object({
  version,
  name: z.string(),
  from: z.string().describe("The release that it is cut from."),
  program: z.string().describe("Version of the program."),
  file: z.string(),
});
export type ReleaseNewReport = Readonly<z.output<typeof releaseNewReport>>;

/** The answer of `fleet release list`. */
export const releaseListReport = z.object({
  version,
  today: z.string(),
  releases: z.array(
    z.object({
      name: z.string(),
      program: z.string().nullable().describe("Version of the program; null if it is the one that runs."),
      channels: z.array(z.string()),
      clusters: z.array(z.string()),
      age_days: z.int().nullable().describe("Days since the first of the month in the name; null if it has none."),
      kubernetes: z.array(z.string()),
      supported_until: z
        .string()
        .nullable()
        .describe("End of standard support of its latest Kubernetes version; null if it is not known."),
    }),
  ),
  held: z.array(heldCluster.extend({ is_over: z.boolean().describe("True if the last day is past.") })),
});
export type ReleaseListReport = Readonly<z.output<typeof releaseListReport>>;
