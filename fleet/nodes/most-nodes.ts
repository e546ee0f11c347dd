import type { Worker } from "../model/cluster";
import type { Subject } from "../model/subject";
import { zonesOf } from "../network/zones";
import { nodeGroups } from "./node-groups";
import { startSize } from "./start-size";

/** Returns the number of nodes that groups can have: at their largest size if an autoscaler owns it, otherwise as they start. */
export function mostNodes(subject: Subject, workers: readonly Worker[]): number {
  return workers.reduce((sum, worker) => {
    const size = isAutoscaled(subject, worker) ? worker.max_size : startSize(worker);
    return sum + size * nodeGroups(worker, zonesOf(subject)).length;
  }, 0);
}

/** True if an autoscaler owns the size of a group. */
export function isAutoscaled({ definition }: Subject, { autoscaling }: Worker): boolean {
  return autoscaling && definition.tfvars.addons.cluster_autoscaler.enabled;
}
