import { z } from "zod";

/** How many nodes there are, and who says so. */
export const scaling = {
  autoscaling: z
    .boolean()
    .describe("true: cluster-autoscaler owns the size between min_size and max_size. false: desired_size is kept."),
  min_size: z.int().min(0).max(450).describe("Fewest nodes. 450: EKS's quota of nodes a managed group."),
  max_size: z.int().min(1).max(450).describe("Most nodes."),
  desired_size: z.int().min(0).nullable().describe("Nodes to keep where autoscaling is false; null keeps min_size."),
};
