import { z } from "zod";
import { nodeRepair } from "./node-repair";

const percentage = z.int().min(0).max(100);

/** How nodes are replaced by newer ones, and by healthy ones. */
export const rolling = {
  max_unavailable_percentage: z
    .int()
    .min(1)
    .max(100)
    .describe("Share of the group that an update may take down at once."),
  max_unavailable: z
    .int()
    .min(1)
    .max(100)
    .nullable()
    .describe(
      "Nodes of a managed group that an update may take down at once; null goes by the percentage, a number takes its place.",
    ),
  force_update_version: z
    .boolean()
    .describe(
      "true: an update of a managed group ends nodes even where a PodDisruptionBudget keeps their pods; false: it fails after 15 minutes.",
    ),
  node_repair: nodeRepair
    .nullable()
    .describe("How EKS repairs nodes of a managed group that are unhealthy; null leaves them."),
  instance_refresh: z
    .strictObject({
      min_healthy_percentage: percentage
        .optional()
        .describe("Share of the group that stays in service; left out, 100 less max_unavailable_percentage."),
      max_healthy_percentage: z
        .int()
        .min(100)
        .max(200)
        .optional()
        .describe("Up to which share the group may grow, so that new nodes come before old ones go; left out, 100."),
      instance_warmup_seconds: z
        .int()
        .min(0)
        .max(21_600)
        .optional()
        .describe("Seconds until a new node counts as in service; left out, the health check's grace period."),
      checkpoint_percentages: z
        .array(z.int().min(1).max(100))
        .min(1)
        .max(20)
        .optional()
        .describe(
          "Shares at which the refresh pauses, each above the one before; it ends at the last, so that is 100.",
        ),
      checkpoint_delay_seconds: z
        .int()
        .min(0)
        .max(172_800)
        .optional()
        .describe("Seconds of each pause; left out, an hour."),
      skip_matching: z.boolean().optional().describe("true: nodes that are as they should be stay; left out, false."),
      auto_rollback: z
        .boolean()
        .optional()
        .describe("true: a refresh that fails goes back to the nodes before it; left out, false."),
      scale_in_protected_instances: z
        .enum(["Ignore", "Refresh", "Wait"])
        .optional()
        .describe("What becomes of protected instances; left out, Ignore."),
    })
    .nullable()
    .describe("How a self-managed group replaces its nodes; null goes by max_unavailable_percentage alone."),
};
