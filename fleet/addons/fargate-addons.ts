import type { Addon } from "../../addons/contract/addon";
import type { Definition } from "../model/cluster";
import { hasAutoMode, hasHybridNodes } from "../nodes/auto-mode";
import { runsOnFargate, takerOf } from "../nodes/fargate";
import { nodeFacts } from "../nodes/node-facts";

type Settings = Pick<Definition, "tfvars">;

/**
 * True if there are Linux nodes that no group lists: Auto Mode's, machines outside AWS, or Karpenter's, but none for Karpenter
 * itself.
 */
export function hasFurtherNodes(definition: Settings, addon: string): boolean {
  const { karpenter } = definition.tfvars.addons;
  return hasAutoMode(definition) || hasHybridNodes(definition) || (karpenter.enabled && addon !== "karpenter");
}

/** True if an addon's pods run on Fargate: a profile selects them, or their namespace and there is no node for them. */
export function isOnFargate(
  { fargate, name, namespace }: Pick<Addon, "fargate" | "name" | "namespace">,
  definition: Settings,
): boolean {
  const { fargate_profiles } = definition.tfvars;
  if (fargate === undefined || fargate_profiles.length === 0) return false;
  if (runsOnFargate(fargate_profiles, { namespace, labels: fargate.labels })) return true;
  const linux = nodeFacts(definition.tfvars).operating_systems.some((system) => system !== "WINDOWS");
  if (linux || hasFurtherNodes(definition, name)) return false;
  return takerOf(fargate_profiles, namespace, true) !== undefined;
}
