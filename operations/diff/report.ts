import { z } from "zod";
import type { DeepReadonly } from "../../fleet/model/cluster";
import { STACKS } from "../../fleet/model/stacks";
import { ACTIONS } from "./stack-diff";

const clusters = z
  .array(z.string())
  .describe(
    "Clusters with exactly this change. If they are several, <cluster> stands for the name of each in the texts, and <slug> for the name with dashes.",
  );
const stack = z.enum(STACKS).describe("The stack, without the cluster's name.");

/** A part of a value that differs. */
export const attributeChange = z.object({
  path: z.string().describe("Path of the part: `tag[Name].value`. Items of lists are named by what identifies them."),
  before: z.unknown().optional().describe("Value before; missing if the part is new."),
  after: z.unknown().optional().describe("Value after; missing if the part is gone or not known yet."),
  because: z.string().optional().describe("Why the value is known only after the change is applied."),
});

export const resourceChange = z.object({
  clusters,
  stack,
  address: z.string().describe("Address of the resource in the state."),
  type: z.string(),
  path: z.string().describe("Ids of the resource's constructs below the stack."),
  action: z
    .enum(ACTIONS)
    .describe(
      "What Terraform does. `roll` is an update in place that replaces nodes; `forget` removes a resource from the state and leaves it in AWS; `meta` changes only how Terraform treats it, such as `lifecycle` or `depends_on`.",
    ),
  likely: z
    .boolean()
    .describe("True if the action is derived from data about the providers, so that only a plan confirms it."),
  from: z.string().optional().describe("Address before a move."),
  reasons: z.array(z.string()),
  prevented: z.boolean().describe("True if Terraform refuses the plan because of prevent_destroy."),
  attributes: z.array(attributeChange),
  hidden: z.number().int().describe("Number of further differences, which the list leaves out."),
});

export const securityChange = z.object({
  clusters,
  stack,
  address: z.string(),
  effect: z.enum(["broadened", "changed", "narrowed"]).describe("Whether the change gives more access than before."),
  details: z.array(z.string()),
});

export const namedChange = z.object({
  clusters,
  stack,
  name: z.string(),
  attributes: z.array(attributeChange),
  hidden: z.number().int(),
});

export const providerChange = namedChange.extend({
  retags: z
    .number()
    .int()
    .describe("Number of resources of a stack whose tags likely change with the provider's default tags."),
});

const counts = z.record(z.string(), z.number().int());

export const clusterChange = z.object({
  name: z.string(),
  status: z
    .enum(["added", "changed", "removed", "unknown"])
    .describe("`unknown`: its definition at the base is refused, so that nothing can be compared."),
  actions: counts.describe("Action -> number of resources, if the cluster is changed."),
  types: counts.describe("Type -> number of resources, if the cluster is added, removed or unknown."),
});

/** Definitions of the working tree that are refused: their clusters are not compared. */
export const refusedDefinitions = z
  .object({
    clusters: z.array(z.string()).describe("Clusters that are not compared."),
    messages: z.array(z.string()).describe("Every error, with its place."),
  })
  .nullable()
  .describe("Errors of the working tree's definitions; null if there are none.");

const total = z.int().min(0);

/** The answer of `fleet diff`. */
/** The version that the working tree is compared with. */
export const comparedBase = z.object({
  ref: z.string(),
  commit: z.string(),
  program: z.enum(["other", "same"]).describe("`other`: the base's stacks come from the base's own program."),
  has_definitions: z.boolean(),
  refused: z
    .object({ clusters: z.array(z.string()), messages: z.array(z.string()) })
    .nullable()
    .describe("Definitions of the base that are refused; null if there are none."),
});

export const refusedSteps = z
  .array(z.string())
  .describe("What EKS would refuse: Kubernetes versions that skip a minor version or go back, each with its place.");

export const diffReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  base: comparedBase,
  errors: refusedSteps,
  refused: refusedDefinitions,
  compared: z.number().int().describe("Number of clusters in either version, with those that are refused."),
  actions: counts.describe("Action -> number of resources of all changed clusters."),
  summary: z
    .object({
      clusters: z.object({ added: total, changed: total, removed: total, unknown: total }),
      stacks: z.object({ added: total, changed: total, removed: total }),
      actions: counts.describe(
        "Action -> number of resources of all clusters: those of new clusters are created, those of removed clusters destroyed.",
      ),
    })
    .describe("Everything that differs, in numbers. Clusters whose status is `unknown` count as such only."),
  clusters: z.array(clusterChange).describe("Clusters with a difference, the worst first."),
  changes: z.array(resourceChange).describe("Changes of resources, the worst first."),
  security: z.array(securityChange).describe("Changes of permissions and of network access."),
  outputs: z.array(namedChange),
  providers: z.array(providerChange).describe("Changes of providers, their versions, variables and backends."),
});

export type AttributeChange = DeepReadonly<z.output<typeof attributeChange>>;
export type ResourceChange = DeepReadonly<z.output<typeof resourceChange>>;
export type SecurityChange = DeepReadonly<z.output<typeof securityChange>>;
export type NamedChange = DeepReadonly<z.output<typeof namedChange>>;
export type ProviderChange = DeepReadonly<z.output<typeof providerChange>>;
export type ClusterDiff = DeepReadonly<z.output<typeof clusterChange>>;
export type DiffReport = DeepReadonly<z.output<typeof diffReport>>;
