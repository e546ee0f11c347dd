import type { AddonsProps } from "../../constructs/addons/addons";
import type { EksControlPlaneProps } from "../../constructs/cluster/eks-control-plane";
import type { ConnectionsProps } from "../../constructs/networking/connections/connections";
import type { NetworkProps } from "../../constructs/networking/network";
import type { NodePoolsProps } from "../../constructs/node-pools/node-pools";
import type { SelfManagedNodeGroupProps } from "../../constructs/workers/self-managed-node-group";
import type { WorkersProps } from "../../constructs/workers/workers";
import type { Cluster, Worker } from "../../fleet/model/cluster";
import { planAddons } from "../../fleet/plan/addons-plan";
import { planControlPlane } from "../../fleet/plan/control-plane-plan";
import { planNetwork } from "../../fleet/plan/network-plan";
import { type NodeGroupPlan, planNodeGroup, planNodeGroups } from "../../fleet/plan/node-groups-plan";
import { planNodePools } from "../../fleet/plan/node-pools-plan";
import { ownerOf } from "../../fleet/plan/owner";
import { clusterOf, eks, network, type Part, workerOf } from "./cluster";

/** Props of the constructs that a cluster's stacks create, as the stacks give them. */

export function networkProps(cluster: Cluster): NetworkProps {
  const { cluster: controlPlane, networking } = cluster.tfvars;
  return {
    owner: ownerOf(cluster),
    plan: planNetwork(cluster),
    settings: networking,
    deletionProtection: controlPlane.deletion_protection,
    reservesPrefixes: controlPlane.vpc_cni.reserve_prefixes,
    keyDeletionDays: controlPlane.kms.deletion_window_days,
  };
}

/** The connections of a cluster to VPCs that are no other cluster's. */
export function connectionsProps(cluster: Cluster): ConnectionsProps {
  const { deletionProtection, owner, settings } = networkProps(cluster);
  return { owner, settings, deletionProtection, network, ranges: ["10.0.0.0/16"], peers: {} };
}

export function controlPlaneProps(cluster: Cluster): EksControlPlaneProps {
  const { account, tfvars } = cluster;
  const plan = planControlPlane(cluster);
  return { owner: ownerOf(cluster), plan, settings: tfvars.cluster, accountRoles: account.roles, network };
}

export function workersProps(cluster: Cluster): WorkersProps {
  return { owner: ownerOf(cluster), plan: planNodeGroups(cluster), network, eks, after: [] };
}

/** A group of one kind, whichever kind its settings require. */
export function groupProps(
  kind: NodeGroupPlan["kind"],
  worker: Worker,
  cluster: Cluster = clusterOf(),
): SelfManagedNodeGroupProps {
  const group = planNodeGroup(cluster, { ...worker, kind });
  return { owner: ownerOf(cluster), group, network, eks, after: [], drained: false };
}

/** The plan of a group with the given settings. */
export function groupOf(settings: Part<Worker> & { readonly name: string }): NodeGroupPlan {
  return planNodeGroup(clusterOf(), workerOf(settings));
}

export function nodePoolsProps(cluster: Cluster): NodePoolsProps {
  return { owner: ownerOf(cluster), pools: planNodePools(cluster), network, eks, after: [] };
}

export function addonsProps(cluster: Cluster): AddonsProps {
  const { cluster: controlPlane, extra_charts, extra_manifests } = cluster.tfvars;
  const extraEksAddons = controlPlane.extra_eks_addons.filter(({ before_nodes }) => !before_nodes);
  return {
    owner: ownerOf(cluster),
    plan: planAddons(cluster),
    extras: { extra_charts, extra_manifests },
    extraEksAddons,
    network: { vpc_id: "vpc-1" },
    eks,
  };
}
