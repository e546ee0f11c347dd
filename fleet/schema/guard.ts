import { z } from "zod";
import { didYouMean } from "../../language/suggest";
import { clusterName } from "../../language/words/names";
import { person, reason } from "../../language/words/people";
import { changeHash } from "../../language/words/text";

/** The rules of `fleet guard`, by what they are about. */
export const GUARD_RULES = [
  "destroy-control-plane",
  "destroy-network",
  "destroy-key",
  "destroy-identity-provider",
  "destroy-data",
  "destroy-audit-log",
  "recreate-vanished",
  "replace-nodes",
  "protected-tier",
  "remove-protection",
  "roll-nodes",
  "roll-addons",
  "clusters-at-once",
  "widen-permissions",
  "widen-network",
  "widen-endpoint",
  "add-cluster-admin",
  "run-action",
  "control-plane-version",
  "stack-in-use",
  "plan-incomplete",
  "terraform-version",
  "stale-plan",
] as const;
export type GuardRule = (typeof GUARD_RULES)[number];

/** The changes that `fleet guard` stops in the clusters of a tier. */
export const guardSettings = z.strictObject({
  protected: z.boolean().describe("Stops every plan that destroys anything, in any stack of the tier's clusters."),
  max_clusters_at_once: z
    .int()
    .min(1)
    .nullable()
    .describe("Number of the tier's clusters that may change at once. null for no limit."),
  max_nodes_percent: z
    .int()
    .min(1)
    .max(100)
    .describe(
      "Share of a cluster's nodes that one plan may replace. Below 100, a plan may not replace all groups of one kind either.",
    ),
  max_addons_percent: z
    .int()
    .min(1)
    .max(100)
    .describe(
      "Share of the Helm releases and EKS add-ons of a stack that one plan may change. Below 100, a plan may not change all of one kind either. A single addon may always change.",
    ),
});

/** Characters besides wildcards that a pattern of addresses must have: fewer match nearly everything. */
const FEWEST_LETTERS = 8;

const unknownRule = ({ input }: { readonly input?: unknown }): string =>
  `must be a rule of fleet guard --rules${typeof input === "string" ? didYouMean(input, GUARD_RULES) : ""}`;

/** `definitions/exceptions/<name>.yaml` */
export const guardException = z.strictObject({
  rule: z
    .enum(GUARD_RULES, { error: unknownRule })
    .describe("The rule that stops the change: a name of `fleet guard --rules`."),
  cluster: clusterName.describe("CLUSTER_NAME of the cluster whose plan is stopped."),
  address: z
    .string()
    .max(300)
    .refine(
      (pattern) =>
        pattern.replaceAll("*", "").length >= Math.min(FEWEST_LETTERS, pattern.includes("*") ? FEWEST_LETTERS : 1),
      `is too broad. Write the address as fleet guard prints it, or a pattern with at least ${FEWEST_LETTERS} characters besides *`,
    )
    .describe("Address as `fleet guard` prints it. `*` matches any text."),
  change: changeHash.describe(
    "The change that may pass, as `fleet guard` prints it. Another change of the same address is stopped again.",
  ),
  reason: reason().describe("Why the change may pass, for the reviewer and for later readers."),
  who: person.describe("Person who answers for the change: a name or an address."),
  until: z.iso.date().describe("Last day on which the exception counts, such as 2026-12-15."),
});
