import type { Definition } from "../model/cluster";
import { connectionTier } from "../network/subnets";
import { hasAutoMode } from "../nodes/auto-mode";

/**
 * True if the control plane's interfaces are in private subnets, whatever other tiers there are. Auto Mode's own pools put their
 * nodes into the control plane's subnets, and nodes pull images, but intra subnets have no way out.
 */
export function sharesSubnetsWithNodes({ tfvars }: Pick<Definition, "tfvars">): boolean {
  return hasAutoMode({ tfvars }) && tfvars.cluster.auto_mode.node_pools.length > 0;
}

/** Returns the tier that has the network interfaces of the API server. */
export function controlPlaneTier({ tfvars }: Pick<Definition, "tfvars">): "intra" | "private" {
  return sharesSubnetsWithNodes({ tfvars }) ? "private" : connectionTier(tfvars.networking);
}
