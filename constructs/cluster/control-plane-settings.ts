import type { EksClusterConfig } from "@cdktf/provider-aws/lib/eks-cluster";
import type { Tfvars } from "../../fleet/model/cluster";
import { given } from "../../language/given";

/** Returns the settings that EKS gets only if the definition sets them. */
export function optionalSettings(settings: Tfvars["cluster"]): Partial<EksClusterConfig> {
  const { control_plane_scaling_tier: tier, force_update_version, timeouts, zonal_shift } = settings;
  const minutes = (value: number | null) => (value === null ? undefined : `${value}m`);
  const waits = given({
    create: minutes(timeouts.create_minutes),
    update: minutes(timeouts.update_minutes),
    delete: minutes(timeouts.delete_minutes),
  });
  return given({
    zonalShiftConfig: zonal_shift === null ? undefined : { enabled: zonal_shift },
    controlPlaneScalingConfig: tier === null ? undefined : { tier },
    forceUpdateVersion: force_update_version ? true : undefined,
    timeouts: Object.keys(waits).length === 0 ? undefined : waits,
  });
}

/** Returns the attributes that Terraform leaves as they are, because the provider calls nothing for a change and plans it again. */
export function unchangedSettings({ zonal_shift }: Tfvars["cluster"], keyArn: string | undefined): readonly string[] {
  return [
    ...(keyArn === undefined ? [] : ["encryption_config[0].provider[0].key_arn"]),
    ...(zonal_shift === null ? ["zonal_shift_config"] : []),
  ];
}

/** Returns the networks of hybrid nodes; nothing if there are none. */
export function remoteNetworkConfig({
  node_cidrs,
  pod_cidrs,
}: Tfvars["cluster"]["remote_networks"]): Pick<EksClusterConfig, "remoteNetworkConfig"> {
  if (node_cidrs.length === 0) return {};
  const pods = pod_cidrs.length === 0 ? undefined : { cidrs: [...pod_cidrs] };
  return {
    remoteNetworkConfig: { remoteNodeNetworks: { cidrs: [...node_cidrs] }, ...given({ remotePodNetworks: pods }) },
  };
}
