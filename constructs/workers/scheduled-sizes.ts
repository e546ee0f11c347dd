import { AutoscalingSchedule } from "@cdktf/provider-aws/lib/autoscaling-schedule";
import type { Construct } from "constructs";
import type { Worker } from "../../fleet/model/cluster";

/** Leaves a size as it is; the provider would treat an absent size as 0. */
const UNCHANGED = -1;

/** Gives a group of either kind its sizes by the clock. */
export function scheduleSizes(scope: Construct, worker: Worker, autoScalingGroupName: string): void {
  for (const { name, recurrence, time_zone, min_size, max_size, desired_size } of worker.scheduled_scaling) {
    new AutoscalingSchedule(scope, `schedule-${name}`, {
      autoscalingGroupName: autoScalingGroupName,
      scheduledActionName: name,
      recurrence,
      timeZone: time_zone,
      minSize: min_size ?? UNCHANGED,
      maxSize: max_size ?? UNCHANGED,
      desiredCapacity: desired_size ?? UNCHANGED,
    });
  }
}
