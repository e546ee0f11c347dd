import { z } from "zod";
import { STACKS } from "../../fleet/model/stacks";

const addresses = z.array(z.string());

/** Planned changes of one stack. Addresses are sorted. */
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

/** Changes of one stack when the new version was applied on top of the base. */
const stackReport = plannedChanges.extend({
  /** Number of managed resources in the stack afterwards. */
  resources: z.int(),
  /** Addresses that the second plan would still change. Must be empty. */
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
  /** Effects of this change that cannot be tested without a cloud. */
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
