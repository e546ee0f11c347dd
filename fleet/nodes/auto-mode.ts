import type { Definition } from "../model/cluster";

type Settings = Pick<Definition, "tfvars">;

/** Whether EKS Auto Mode runs nodes of this cluster. */
export function hasAutoMode({ tfvars }: Settings): boolean {
  return tfvars.cluster.auto_mode.enabled === true;
}

/** Whether all nodes are Auto Mode's: then it brings what other nodes wait for. */
export function isAutoModeOnly(definition: Settings): boolean {
  const { fargate_profiles, workers } = definition.tfvars;
  return hasAutoMode(definition) && workers.length === 0 && fargate_profiles.length === 0;
}

/** Whether the classes of Auto Mode's controllers are made. */
export function hasAutoModeClasses(definition: Settings): boolean {
  return isAutoModeOnly(definition) && definition.tfvars.cluster.auto_mode.default_classes;
}

/** Whether nodes outside of AWS join the cluster. */
export function hasHybridNodes({ tfvars }: Settings): boolean {
  return tfvars.cluster.remote_networks.node_cidrs.length > 0;
}

/** Whether no node waits for EKS add-ons: Auto Mode's bring along what hybrid nodes do not. */
export function needsNoNodeAddons(definition: Settings): boolean {
  return isAutoModeOnly(definition) && !hasHybridNodes(definition);
}

/** What stands before the name of a role that Auto Mode's nodes run as, for NodeClasses that name it. */
export const AUTO_MODE_ROLES = { builtIn: "auto-node", custom: "auto-custom-node" } as const;
