import type { Definition } from "../model/cluster";

type Settings = Pick<Definition, "tfvars">;

/** True if EKS Auto Mode runs nodes of this cluster. */
export function hasAutoMode({ tfvars }: Settings): boolean {
  return tfvars.cluster.auto_mode.enabled === true;
}

/** True if all nodes are Auto Mode's, which include the add-ons that other nodes wait for. */
export function isAutoModeOnly(definition: Settings): boolean {
  const { fargate_profiles, workers } = definition.tfvars;
  return hasAutoMode(definition) && workers.length === 0 && fargate_profiles.length === 0;
}

/** True if the classes of Auto Mode's controllers are created. */
export function hasAutoModeClasses(definition: Settings): boolean {
  return isAutoModeOnly(definition) && definition.tfvars.cluster.auto_mode.default_classes;
}

/** True if nodes outside of AWS join the cluster. */
export function hasHybridNodes({ tfvars }: Settings): boolean {
  return tfvars.cluster.remote_networks.node_cidrs.length > 0;
}

/** True if no node waits for EKS add-ons: Auto Mode's nodes include them, but hybrid nodes do not. */
export function needsNoNodeAddons(definition: Settings): boolean {
  return isAutoModeOnly(definition) && !hasHybridNodes(definition);
}

/** Ends of the names of the roles of Auto Mode's nodes, after the cluster's. NodeClasses name the second one. */
export const AUTO_MODE_ROLES = { builtIn: "auto-node", custom: "auto-custom-node" } as const;
