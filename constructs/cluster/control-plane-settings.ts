import type { EksClusterConfig } from "@cdktf/provider-aws/lib/eks-cluster";
import type { Cluster } from "../../fleet/model/cluster";
import type { Tier } from "../../fleet/network/subnet-tiers";
import { hasAutoMode } from "../../fleet/nodes/auto-mode";

/**
 * Where the control plane's interfaces are: in subnets of their own, which have no way out. The pools that Auto Mode brings
 * along put their nodes into the same subnets, and those must pull images.
 */
export function controlPlaneTier(cluster: Cluster): Tier {
  const pools = hasAutoMode(cluster) && cluster.tfvars.cluster.auto_mode.node_pools.length > 0;
  return pools ? "private" : "intra";
}

/** What is said to EKS only where the definition speaks of it. */
export function optionalSettings({ tfvars }: Cluster): Partial<EksClusterConfig> {
  const { control_plane_scaling_tier, force_update_version, timeouts, zonal_shift } = tfvars.cluster;
  const minutes = {
    create: timeouts.create_minutes,
    update: timeouts.update_minutes,
    delete: timeouts.delete_minutes,
  };
  const waits = Object.entries(minutes).flatMap(([name, value]) => (value === null ? [] : [[name, `${value}m`]]));
  return {
    ...(zonal_shift === null ? {} : { zonalShiftConfig: { enabled: zonal_shift } }),
    ...(control_plane_scaling_tier === null ? {} : { controlPlaneScalingConfig: { tier: control_plane_scaling_tier } }),
    ...(force_update_version ? { forceUpdateVersion: true } : {}),
    ...(waits.length === 0 ? {} : { timeouts: Object.fromEntries(waits) }),
  };
}

/** The networks of hybrid nodes; nothing where there are none. */
export function remoteNetworkConfig({ tfvars }: Cluster): Pick<EksClusterConfig, "remoteNetworkConfig"> {
  const { node_cidrs, pod_cidrs } = tfvars.cluster.remote_networks;
  if (node_cidrs.length === 0) return {};
  return {
    remoteNetworkConfig: {
      remoteNodeNetworks: { cidrs: [...node_cidrs] },
      ...(pod_cidrs.length === 0 ? {} : { remotePodNetworks: { cidrs: [...pod_cidrs] } }),
    },
  };
}
