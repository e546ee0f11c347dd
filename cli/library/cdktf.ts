/** Exports of `cluster-fleet/cdktf`: stacks for an `App` of the caller's own cdktf. */

import type { Construct } from "constructs";
import type { Fleet } from "../../fleet/load";
import { addClusterStacks, type ClusterStacks } from "../../stacks/cluster-stacks";

export type { ClusterRef } from "../../constructs/cluster/cluster-ref";
export type { NetworkRef } from "../../constructs/networking/network-ref";
export type { WorkersRef } from "../../constructs/workers/workers-ref";
export { ClusterStack } from "../../stacks/cluster-stack";
export { addClusterStacks, type ClusterStacks } from "../../stacks/cluster-stacks";

/** Adds the four stacks of each cluster, and returns them by the cluster's name. */
export function addFleetStacks(scope: Construct, { clusters }: Pick<Fleet, "clusters">): Map<string, ClusterStacks> {
  return new Map(clusters.map((cluster) => [cluster.name, addClusterStacks(scope, cluster)]));
}
