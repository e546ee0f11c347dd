import { z } from "zod";
import { STACKS } from "../../fleet/model/stacks";
import { plannedChanges } from "../rehearse/report";

/** Results of a stack's deploy. */
export const STACK_OUTCOMES = [
  "unchanged", // the plan is empty
  "applied",
  "stopped", // the guard stopped the plan
  "declined", // a person answered no
  "failed", // Terraform failed
  "not reached", // a stack before it did not end well
] as const;

const planned = z.object({
  create: z.int(),
  update: z.int(),
  replace: z.int(),
  destroy: z.int(),
  forget: z.int(),
});

const diagnostic = z.object({
  summary: z.string(),
  detail: z.string(),
  /** Address of the resource; null if it is about none. */
  address: z.string().nullable(),
  lines: z
    .array(
      z.object({
        path: z.string(),
        value: z.unknown().describe("The value, without secrets."),
        place: z.object({ file: z.string(), line: z.int(), column: z.int() }),
      }),
    )
    .describe("Lines of the definitions that shape the resource, those first that the message is about."),
});

const stackDeploy = z.object({
  stack: z.enum(STACKS),
  outcome: z.enum(STACK_OUTCOMES),
  /** Planned changes, as numbers of resources; null if there is no plan. */
  planned: planned.nullable(),
  /** Addresses that were changed before a failure, in the order in which they ended. */
  done: z.array(z.string()),
  errors: z.array(diagnostic),
  /** One line for each finding of the guard without an exception. */
  stopped_by: z.array(z.string()),
  seconds: z.number(),
});
export type StackDeploy = z.infer<typeof stackDeploy>;

export const clusterDeploy = z.object({
  cluster: z.string(),
  /** In the order in which they are deployed; of a destroy, the other way round. */
  stacks: z.array(stackDeploy),
  /** The command that continues; null if nothing is left to do. */
  next: z.string().nullable(),
});
export type ClusterDeploy = z.infer<typeof clusterDeploy>;

/** The answer of `fleet deploy`. */
export const deployReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  clusters: z.array(clusterDeploy),
});
export type DeployReport = z.infer<typeof deployReport>;
export type Diagnostic = z.infer<typeof diagnostic>;

const stackPlan = z.object({
  stack: z.enum(STACKS),
  source: z
    .enum(["plan", "rehearsal"])
    .describe("rehearsal: a stack whose outputs it reads was never applied, so it cannot be planned yet."),
  changes: plannedChanges
    .nullable()
    .describe(
      "Null if Terraform failed, if no rehearsal was wanted, or if the stack exists and waits for another cluster.",
    ),
  waits_for: z.enum(STACKS).nullable().describe("The stack that must be applied first."),
  waits_for_cluster: z
    .string()
    .nullable()
    .describe(
      "The cluster of that stack, if it is another one, with which this one is peered; null if it is the same.",
    ),
  stopped_by: z.array(z.string()).describe("One line for each finding of the guard without an exception."),
  errors: z.array(diagnostic),
});
export type StackPlan = z.infer<typeof stackPlan>;

const clusterPlan = z.object({ cluster: z.string(), stacks: z.array(stackPlan) });
export type ClusterPlan = z.infer<typeof clusterPlan>;

/** The answer of `fleet plan`. */
export const planReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  clusters: z.array(clusterPlan),
  out: z.string().nullable().describe("Folder in which the plans are kept."),
});
export type PlanReport = z.infer<typeof planReport>;
