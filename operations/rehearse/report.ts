import { z } from "zod";
import { STACKS } from "../../fleet/model/stacks";

const addresses = z.array(z.string());

/** What a plan of one stack changes. Addresses are sorted. */
export const plannedChanges = z.object({
  stack: z.enum(STACKS),
  create: addresses,
  /** With the names of the attributes that change. */
  update: z.array(z.object({ address: z.string(), attributes: z.array(z.string()) })),
  /** With the attributes that force the replacement; empty if Terraform names none. */
  replace: z.array(z.object({ address: z.string(), because: z.array(z.string()), create_before_destroy: z.boolean() })),
  destroy: addresses,
  /** Leaves the state and stays in the cloud. */
  forget: addresses,
  move: z.array(z.object({ from: z.string(), to: z.string() })),
  /** Names of outputs that change. */
  outputs: z.array(z.string()),
});
export type PlannedChanges = z.infer<typeof plannedChanges>;

/** What Terraform did in one stack when the change was applied on top of the base. */
const stackReport = plannedChanges.extend({
  /** How many managed resources the stack has afterwards. */
  resources: z.int(),
  /** What the second plan would still do. Empty is right. */
  left: addresses,
});
export type StackReport = z.infer<typeof stackReport>;

export const clusterReport = z.object({
  cluster: z.string(),
  /** new: applied from nothing. removed: the base is destroyed, because the definition is gone. */
  kind: z.enum(["new", "changed", "same", "removed"]),
  stacks: z.array(stackReport),
  /** The stack that failed, and Terraform's own words. Stacks after it were not tried. */
  failed: z
    .object({
      stack: z.enum(STACKS),
      during: z.enum(["network of the peer", "base", "change", "destroy"]),
      message: z.string(),
    })
    .nullable(),
  /** What a run without a cloud cannot know about this change. */
  unknown: z.array(z.string()),
  seconds: z.number(),
});
export type ClusterReport = z.infer<typeof clusterReport>;

/** The answer of `fleet rehearse`. */
export const rehearsalReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  /** The commit whose stacks were applied first; null if every cluster was applied from nothing. */
  base: z.string().nullable(),
  /** The program that ran, such as `terraform`. */
  terraform: z.string(),
  clusters: z.array(clusterReport),
  /** Clusters that change too, but are beyond the limit of a run. */
  not_rehearsed: z.array(z.string()),
});
export type RehearsalReport = z.infer<typeof rehearsalReport>;
