import { z } from "zod";

const count = z.int().min(1).max(450).optional();
const percentage = z.int().min(1).max(100).optional();

const override = z.strictObject({
  node_monitoring_condition: z
    .string()
    .regex(/^[A-Za-z0-9]{1,63}$/, "must be a condition of the node monitoring agent, such as AcceleratedHardwareReady")
    .describe("Condition of the node monitoring agent, such as AcceleratedHardwareReady."),
  node_unhealthy_reason: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,63}$/, "must be a reason of the node monitoring agent, such as NvidiaXID64Error")
    .describe("Reason that the agent gives, such as NvidiaXID64Error."),
  min_repair_wait_time_mins: z.int().min(1).max(1440).describe("Minutes that the reason must last."),
  repair_action: z.enum(["Replace", "Reboot", "NoAction"]).describe("Repair action of EKS."),
});

/** EKS's own names and limits. */
export const nodeRepair = z.strictObject({
  max_unhealthy_node_threshold_count: count.describe(
    "Number of unhealthy nodes above which EKS repairs none, because the cause is probably elsewhere.",
  ),
  max_unhealthy_node_threshold_percentage: percentage.describe("The same limit as a percentage of the group."),
  max_parallel_nodes_repaired_count: count.describe("Nodes that are repaired at once."),
  max_parallel_nodes_repaired_percentage: percentage.describe("The same limit as a percentage of the unhealthy nodes."),
  overrides: z.array(override).max(50).optional().describe("Repair actions for single reasons. Default: none."),
});
