import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import type { Construct } from "constructs";
import type { Worker } from "../../fleet/model/cluster";
import { given } from "../../language/given";

const TRANSITIONS = {
  launching: "autoscaling:EC2_INSTANCE_LAUNCHING",
  terminating: "autoscaling:EC2_INSTANCE_TERMINATING",
} as const satisfies Readonly<Record<Worker["lifecycle_hooks"][number]["transition"], string>>;

/** Lifecycle hooks of the definition; each is a resource, because Auto Scaling changes none that were created with the group. */
export function lifecycleHooks(scope: Construct, worker: Worker, autoscalingGroupName: string): void {
  for (const hook of worker.lifecycle_hooks) {
    new AutoscalingLifecycleHook(scope, `hook-${hook.name}`, {
      name: hook.name,
      autoscalingGroupName,
      lifecycleTransition: TRANSITIONS[hook.transition],
      heartbeatTimeout: hook.heartbeat_timeout_seconds,
      defaultResult: hook.default_result,
      ...given({
        notificationTargetArn: hook.notification_target_arn,
        roleArn: hook.role_arn,
        notificationMetadata: hook.notification_metadata,
      }),
    });
  }
}
