import type { Definition } from "../model/cluster";
import { hasAutoMode } from "./auto-mode";

/** Returns true if nodes, or pods on Fargate, are in private subnets. Nodes of Auto Mode's own pools always are. */
export function hasPrivateNodes(definition: Pick<Definition, "tfvars">): boolean {
  const { fargate_profiles, node_pools, workers } = definition.tfvars;
  const tiers = [...workers, ...node_pools, ...fargate_profiles].map(({ subnet_tier = "private" }) => subnet_tier);
  return tiers.includes("private") || hasAutoMode(definition);
}
