import { z } from "zod";
import { roleArn, topicOrQueueArn } from "../../../language/words/arns";
import { itemName } from "../../../language/words/names";
import { tagMap } from "../../../language/words/tags";

const share = (least: number, most: number) => z.int().min(least).max(most);

const lifecycleHook = z.strictObject({
  name: itemName(31).describe("Name of the hook, unique in the group."),
  transition: z
    .enum(["launching", "terminating"])
    .describe("When an instance waits: before it is in service, or before it is terminated."),
  heartbeat_timeout_seconds: z.int().min(30).max(7200).describe("Seconds that the instance waits for a response."),
  default_result: z
    .enum(["CONTINUE", "ABANDON"])
    .describe("Result without a response: CONTINUE proceeds, ABANDON terminates the instance."),
  notification_target_arn: topicOrQueueArn
    .optional()
    .describe("SNS topic or SQS queue that is notified. By default, only EventBridge is. Requires role_arn."),
  role_arn: roleArn.optional().describe("Role by which Auto Scaling sends the notification."),
  notification_metadata: z
    .string()
    .regex(/^[^\p{Cc}$%]{1,1023}$/u, "must be at most 1023 characters, without $, % and line breaks")
    .optional()
    .describe("Text that is added to the notification."),
});

/** Upkeep of the instances of a self-managed group, and the tags of any group. */
export const groupUpkeep = {
  group_tags: tagMap.describe(
    "Further AWS tags of the Auto Scaling group, or of an EKS managed group. cluster-autoscaler reads its settings for the group from k8s.io/cluster-autoscaler/node-template/autoscaling-options/… and …/resources/….",
  ),
  health_check_type: z
    .enum(["EC2", "ELB"])
    .describe(
      "Health checks of instances of a self-managed group. ELB adds the checks of target_group_arns and classic_load_balancers.",
    ),
  default_instance_warmup_seconds: share(0, 21_600)
    .nullable()
    .describe("Seconds until a new instance of a self-managed group counts as in service; null is at once."),
  instance_maintenance_policy: z
    .strictObject({
      min_healthy_percentage: share(0, 100).describe("Minimum share of the group that is in service."),
      max_healthy_percentage: share(100, 200).describe("Maximum share to which the group may grow meanwhile."),
    })
    .nullable()
    .describe(
      "How many instances of a self-managed group are replaced at once when Auto Scaling replaces unhealthy, old or unbalanced ones; null terminates an unhealthy instance before another starts.",
    ),
  lifecycle_hooks: z
    .array(lifecycleHook)
    .max(20)
    .describe(
      "Waits at the launch or the termination of a self-managed group's instances, for a response of your own program. Instances that are launched together with the group may be missed. aws_node_termination_handler drains nodes.",
    ),
};
