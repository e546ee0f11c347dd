import { z } from "zod";
import type { DeepReadonly } from "../../fleet/model/cluster";
import { STACKS } from "../../fleet/model/stacks";
import { comparedBase, refusedDefinitions, refusedSteps } from "../diff/report";

export const affectedStack = z.object({
  stack: z.string().describe("Name of the stack, by which `cdktf deploy` selects it."),
  cluster: z.string(),
  kind: z.enum(STACKS).describe("The stack, without the cluster's name."),
  action: z
    .enum(["apply", "destroy"])
    .describe("`destroy`: the working tree no longer has the stack. Destroy it with the code of the base."),
  reasons: z.array(z.string()).describe("Why the stack is listed."),
  resources: z.number().int().describe("Number of resources in the stack; 0 if they are unknown."),
  wave: z.number().int().describe("Stacks of a wave can run at once, after those of all earlier waves."),
});

export const shard = z.object({
  index: z.number().int(),
  resources: z.number().int(),
  stacks: z.array(z.string()).describe("Stacks in the order in which they must run, one after another."),
});

/** The answer of `fleet affected`. */
export const affectedReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  base: comparedBase.extend({
    commit: z.string().describe("The commit whose code destroys the stacks that are gone."),
  }),
  errors: refusedSteps,
  refused: refusedDefinitions,
  stacks: z.array(affectedStack).describe("Stacks in the order in which they must run."),
  shards: z
    .array(shard)
    .describe("The stacks, shared among jobs that can run at once: stacks that depend on each other share a job."),
});

export type AffectedStack = DeepReadonly<z.output<typeof affectedStack>>;
export type Shard = DeepReadonly<z.output<typeof shard>>;
export type AffectedReport = DeepReadonly<z.output<typeof affectedReport>>;
