import { AutoscalingSchedule } from "@cdktf/provider-aws/lib/autoscaling-schedule";
import type { Construct } from "constructs";
import type { Worker } from "../../fleet/model/cluster";

/** What an action leaves as it is; the provider takes a size that is left out for zero. */
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
