import type { Worker } from "../model/cluster";
import type { Subject } from "../model/subject";
import { zonesOf } from "../network/zones";
import { nodeGroups } from "./node-groups";
import { startSize } from "./start-size";

/** Returns the number of nodes that groups can have: at their largest size if an autoscaler owns it, otherwise as they start. */
export function mostNodes(subject: Subject, workers: readonly Worker[]): number {
  const { cluster_autoscaler } = subject.definition.tfvars.addons;
  return workers.reduce((sum, worker) => {
    const size = worker.autoscaling && cluster_autoscaler.enabled ? worker.max_size : startSize(worker);
    return sum + size * nodeGroups(worker, zonesOf(subject)).length;
  }, 0);
}
