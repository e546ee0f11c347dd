import type { Cluster } from "../model/cluster";
import { type AddonsPlan, planAddons } from "./addons-plan";
import { type ControlPlanePlan, planControlPlane } from "./control-plane-plan";
import { type NetworkPlan, planNetwork } from "./network-plan";
import { type NodeGroupsPlan, planNodeGroups } from "./node-groups-plan";
import { type KarpenterPlan, type NodePoolPlan, planKarpenter, planNodePools } from "./node-pools-plan";
import { type Owner, ownerOf } from "./owner";

/**
 * The plan of a cluster, computed from its definition in one place: names, roles, zones, images, limits, versions and order. It is
 * plain data: constructs render it, and commands that describe a cluster read it, or write it as JSON.
 */
export interface ClusterPlan {
  readonly owner: Owner;
  readonly network: NetworkPlan;
  readonly controlPlane: ControlPlanePlan;
  readonly workers: NodeGroupsPlan;
  /** Null if the cluster does not have Karpenter. */
  readonly karpenter: KarpenterPlan | null;
  readonly nodePools: readonly NodePoolPlan[];
  readonly addons: AddonsPlan;
}

/**
 * Returns the plan of a cluster. It is computed once for each cluster that is synthesized or described, by the process that does
 * so: a run that loads a thousand clusters to check them needs none.
 */
export function planCluster(cluster: Cluster): ClusterPlan {
  return {
    owner: ownerOf(cluster),
    network: planNetwork(cluster),
    controlPlane: planControlPlane(cluster),
    workers: planNodeGroups(cluster),
    karpenter: planKarpenter(cluster),
    nodePools: planNodePools(cluster),
    addons: planAddons(cluster),
  };
}
