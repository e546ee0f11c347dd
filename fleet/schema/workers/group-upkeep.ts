import { z } from "zod";
import { roleArn, topicOrQueueArn } from "../../../language/words/arns";
import { itemName } from "../../../language/words/names";
import { tagMap } from "../../../language/words/tags";

const share = (least: number, most: number) => z.int().min(least).max(most);

const lifecycleHook = z.strictObject({
  name: itemName(31).describe("Name of the hook, unique in the group."),
  transition: z
    .enum(["launching", "terminating"])
    .describe("When an instance waits: before it is in service, or before it ends."),
  heartbeat_timeout_seconds: z.int().min(30).max(7200).describe("Seconds that it waits for an answer."),
  default_result: z
    .enum(["CONTINUE", "ABANDON"])
    .describe("What follows without an answer: it goes on, or it is ended at once."),
  notification_target_arn: topicOrQueueArn
    .optional()
    .describe("SNS topic or SQS queue that is told; left out, EventBridge alone is. Needs role_arn."),
  role_arn: roleArn.optional().describe("Role by which Auto Scaling tells it."),
  notification_metadata: z
    .string()
    .regex(/^[^\p{Cc}$%]{1,1023}$/u, "must be at most 1023 characters, without $, % and line breaks")
    .optional()
    .describe("Text that goes with what is told."),
});

/** Who looks after the instances of an Auto Scaling group of our own, and after the tags of any group. */
export const groupUpkeep = {
  group_tags: tagMap.describe(
    "Further AWS tags of the group itself: of its Auto Scaling group, and of an EKS managed group. By k8s.io/cluster-autoscaler/node-template/autoscaling-options/… and …/resources/… cluster-autoscaler treats it otherwise than others.",
  ),
  health_check_type: z
    .enum(["EC2", "ELB"])
    .describe(
      "Who says that an instance of a self-managed group is ill. ELB: its target_group_arns and classic_load_balancers too.",
    ),
  default_instance_warmup_seconds: share(0, 21_600)
    .nullable()
    .describe("Seconds until a new instance of a self-managed group counts as in service; null is at once."),
  instance_maintenance_policy: z
    .strictObject({
      min_healthy_percentage: share(0, 100).describe("Least share of the group that is in service."),
      max_healthy_percentage: share(100, 200).describe("Up to which share it may grow meanwhile."),
    })
    .nullable()
    .describe(
      "How many instances of a self-managed group come and go at once when Auto Scaling replaces ill, old or unevenly spread ones; null ends an ill one before another starts.",
    ),
  lifecycle_hooks: z
    .array(lifecycleHook)
    .max(20)
    .describe(
      "Waits at the start or the end of a self-managed group's instances, for something of yours that answers. Instances that start with the group itself may be missed. Drains are aws_node_termination_handler's.",
    ),
};
