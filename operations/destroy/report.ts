import { z } from "zod";
import { STACKS } from "../../fleet/model/stacks";
import { clusterDeploy } from "../deploy/report";

const lost = z.object({
  stack: z.enum(STACKS),
  address: z.string(),
  type: z.string(),
  name: z.string().describe("Name in AWS."),
  what: z.string().describe("What is lost with it."),
});
export type Lost = z.infer<typeof lost>;

const stays = z.object({
  what: z.string().describe("Such as: bucket example-velero."),
  why: z.string(),
  arn: z.string().nullable(),
  command: z.string().nullable().describe("The command that removes it, or that restores it; null if there is none."),
});
export type Stays = z.infer<typeof stays>;

/** Result of a step that removes objects created by Kubernetes. */
const cleanupStep = z.object({
  step: z.enum(["gitops", "load-balancers", "volumes", "nodes"]),
  outcome: z.enum(["nothing to do", "done", "not done"]),
  removed: z.array(z.string()).describe("Objects that were deleted, such as services shop/web."),
  left: z.array(z.string()).describe("Objects that are still there."),
  problem: z.string().nullable(),
});
export type CleanupStep = z.infer<typeof cleanupStep>;

const leftover = z.object({
  arn: z.string(),
  remove: z.string().nullable().describe("The command that removes it; null if it depends on what it is."),
});
export type Leftover = z.infer<typeof leftover>;

const leftovers = z.object({
  checked: z.boolean(),
  reason: z.string().nullable().describe("Why it was not checked."),
  found: z.array(leftover).describe("Resources of the cluster that are still in AWS, without those that stay."),
});
export type Leftovers = z.infer<typeof leftovers>;

/** The answer of `fleet destroy`. */
export const destroyReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  clusters: z.array(clusterDeploy),
  lost: z.array(lost).describe("What cannot be created again as it was."),
  stays: z.array(stays),
  cleanup: z.array(cleanupStep).nullable().describe("Null if nothing in the cluster was deleted before its stacks."),
  leftovers: leftovers.nullable().describe("Null if the stacks were not all destroyed, or AWS was not checked."),
});
export type DestroyReport = z.infer<typeof destroyReport>;
