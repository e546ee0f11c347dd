import { z } from "zod";
import { nodeRepair } from "./node-repair";

const percentage = z.int().min(0).max(100);

/** How nodes are replaced by newer ones, and by healthy ones. */
export const rolling = {
  max_unavailable_percentage: z
    .int()
    .min(1)
    .max(100)
    .describe("Percentage of the group that an update may replace at once."),
  max_unavailable: z
    .int()
    .min(1)
    .max(100)
    .nullable()
    .describe(
      "Number of nodes of a managed group that an update may replace at once; null uses max_unavailable_percentage, which a number overrides.",
    ),
  force_update_version: z
    .boolean()
    .describe(
      "true: an update of a managed group terminates nodes even if a PodDisruptionBudget protects their pods. false: the update then fails after 15 minutes.",
    ),
  generation: z
    .int()
    .min(1)
    .max(999)
    .describe(
      "Number that a managed group's names depend on. A higher number creates the group again under new names, with a new role, before the old group is removed: for a group whose creation failed, or that cannot join after it was removed and added again (docs/worker-groups.md).",
    ),
  node_repair: nodeRepair
    .nullable()
    .describe("How EKS repairs unhealthy nodes of a managed group; null does not repair them."),
  instance_refresh: z
    .strictObject({
      min_healthy_percentage: percentage
        .optional()
        .describe("Minimum percentage of the group in service. Default: 100 minus max_unavailable_percentage."),
      max_healthy_percentage: z
        .int()
        .min(100)
        .max(200)
        .optional()
        .describe(
          "Maximum percentage to which the group may grow, so that new nodes start before old nodes stop. Default: 100.",
        ),
      instance_warmup_seconds: z
        .int()
        .min(0)
        .max(21_600)
        .optional()
        .describe("Seconds until a new node counts as in service. Default: the health check's grace period."),
      checkpoint_percentages: z
        .array(z.int().min(1).max(100))
        .min(1)
        .max(20)
        .optional()
        .describe(
          "Percentages at which the refresh pauses, in ascending order. The last one must be 100, because the refresh ends there.",
        ),
      checkpoint_delay_seconds: z
        .int()
        .min(0)
        .max(172_800)
        .optional()
        .describe("Seconds of each pause. Default: 3600."),
      skip_matching: z
        .boolean()
        .optional()
        .describe("true: nodes that already match are not replaced. Default: false."),
      auto_rollback: z.boolean().optional().describe("true: a failed refresh rolls back. Default: false."),
      scale_in_protected_instances: z
        .enum(["Ignore", "Refresh", "Wait"])
        .optional()
        .describe("What happens to protected instances. Default: Ignore."),
    })
    .nullable()
    .describe("How a self-managed group replaces its nodes; null uses only max_unavailable_percentage."),
};
