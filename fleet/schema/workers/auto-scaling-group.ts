import { z } from "zod";
import { targetGroupArn } from "../../../language/words/arns";

/** EC2 Auto Scaling's own names. */
const PROCESSES = [
  "AZRebalance",
  "AddToLoadBalancer",
  "AlarmNotification",
  "HealthCheck",
  "InstanceRefresh",
  "Launch",
  "ReplaceUnhealthy",
  "ScheduledActions",
  "Terminate",
] as const;

const TERMINATION_POLICIES = [
  "AllocationStrategy",
  "ClosestToNextInstanceHour",
  "Default",
  "NewestInstance",
  "OldestInstance",
  "OldestLaunchConfiguration",
  "OldestLaunchTemplate",
] as const;

const METRICS = [
  "GroupAndWarmPoolDesiredCapacity",
  "GroupAndWarmPoolTotalCapacity",
  "GroupDesiredCapacity",
  "GroupInServiceCapacity",
  "GroupInServiceInstances",
  "GroupMaxSize",
  "GroupMinSize",
  "GroupPendingCapacity",
  "GroupPendingInstances",
  "GroupStandbyCapacity",
  "GroupStandbyInstances",
  "GroupTerminatingCapacity",
  "GroupTerminatingInstances",
  "GroupTotalCapacity",
  "GroupTotalInstances",
  "WarmPoolDesiredCapacity",
  "WarmPoolMinSize",
  "WarmPoolPendingCapacity",
  "WarmPoolTerminatingCapacity",
  "WarmPoolTotalCapacity",
  "WarmPoolWarmedCapacity",
] as const;

/** Settings of the Auto Scaling group of a self-managed group: EKS reserves those of its managed groups. */
export const autoScalingGroup = {
  suspended_processes: z
    .array(z.enum(PROCESSES))
    .describe(
      "Processes of Auto Scaling that are suspended in a self-managed group, in addition to AZRebalance if the group is autoscaled.",
    ),
  target_group_arns: z
    .array(targetGroupArn)
    .describe(
      "Existing target groups of load balancers that the nodes of a self-managed group join. Services of type LoadBalancer do not require them.",
    ),
  classic_load_balancers: z
    .array(z.string().regex(/^[A-Za-z0-9-]{1,32}$/, "must be the name of a Classic Load Balancer"))
    .describe("Existing Classic Load Balancers that the nodes of a self-managed group join."),
  termination_policies: z
    .array(z.enum(TERMINATION_POLICIES))
    .describe("Order in which instances of a self-managed group are terminated; empty leaves it to Auto Scaling."),
  max_instance_lifetime_days: z
    .int()
    .min(1)
    .max(365)
    .nullable()
    .describe("Days after which a self-managed group replaces an instance; null never does."),
  health_check_grace_period_seconds: z
    .int()
    .min(0)
    .max(7200)
    .nullable()
    .describe(
      "Seconds that a new instance of a self-managed group may boot before a failed check counts; null is 300.",
    ),
  enabled_metrics: z
    .array(z.enum(METRICS))
    .describe("Metrics of a self-managed group that CloudWatch collects each minute; they cost nothing."),
  protect_from_scale_in: z
    .boolean()
    .describe(
      "true: Auto Scaling does not terminate instances of a self-managed group to shrink it. cluster-autoscaler still may.",
    ),
  termination_heartbeat_seconds: z
    .int()
    .min(30)
    .max(7200)
    .nullable()
    .describe(
      "Seconds that aws_node_termination_handler has to drain a node of a self-managed group before it is terminated; null is 300.",
    ),
  warm_pool: z
    .strictObject({
      pool_state: z
        .enum(["Stopped", "Running"])
        .describe("Stopped: prepared instances cost their volumes only. Running: they are faster, and cost in full."),
      min_size: z.int().min(0).max(450).describe("Minimum number of prepared instances."),
      max_group_prepared_capacity: z
        .int()
        .min(0)
        .max(450)
        .optional()
        .describe("Maximum number of instances in service and prepared together. Default: max_size."),
      reuse_on_scale_in: z.boolean().describe("true: an instance that leaves service returns to the warm pool."),
    })
    .nullable()
    .describe(
      "Instances of a self-managed group that boot in advance and join the cluster on demand; null for none. Requires one instance type, on-demand.",
    ),
};
