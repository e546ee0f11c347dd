import type { Addon } from "../../addons/addon";
import { catalogue } from "../../addons/catalogue";
import { hasAutoMode } from "../auto-mode";
import { enabledAddons } from "../enabled-addons";
import { takerOf } from "../fargate";
import { type NodeFacts, nodeFacts } from "../node-facts";
import { listed } from "../suggest";
import type { Path } from "../yaml/tree";
import type { Check, Finding } from "./finding";
import { checkUntaintedCapacity } from "./workers";

const ADDONS: Readonly<Record<string, Addon>> = catalogue;

const NO_POD_IDENTITY = "calls AWS by a role of EKS Pod Identity, which Fargate does not have";

/** Where pods can run. */
export interface Places {
  readonly facts: Pick<NodeFacts, "architectures" | "operating_systems">;
  /** Whether there are Linux nodes that no group lists: Auto Mode's, Karpenter's, or machines elsewhere. */
  readonly further_nodes: boolean;
  /** Whether some Fargate profile takes pods of a namespace. */
  onFargate(namespace: string): boolean;
}

/** Why an addon's pods find no place in a cluster, and what to do; undefined where they find one. */
export function withoutPlace(
  {
    architectures,
    name,
    namespace,
    needs_nodes,
    service_account,
  }: Pick<Addon, "name" | "namespace" | "needs_nodes" | "architectures" | "service_account">,
  { facts, further_nodes, onFargate }: Places,
): string | undefined {
  if (further_nodes) return undefined;
  const off = `set ${name}_enabled: false`;
  if (!facts.operating_systems.some((system) => system !== "WINDOWS")) {
    const only = facts.operating_systems.length > 0 ? "Windows nodes" : "Fargate";
    const nodes = needs_nodes ?? (service_account === undefined ? undefined : NO_POD_IDENTITY);
    if (nodes !== undefined) return `${nodes}, and the cluster has only ${only}: add a group of Linux nodes, or ${off}`;
    if (onFargate(namespace)) return undefined;
    return `its pods run on Linux, and the cluster has only ${only}: let a Fargate profile take the namespace ${namespace}, add a group of Linux nodes, or ${off}`;
  }
  if (architectures === undefined || facts.architectures.some((each) => architectures.includes(each))) return undefined;
  return `its images are built for ${listed(architectures)}, and all nodes are ${listed(facts.architectures)}: add a group that it can run on, or ${off}`;
}

/** Every addon has machines that it can run on, and gets its role there. */
export const checkAddonPlaces: Check = (subject) => {
  const { definition } = subject;
  const { addons, cluster, fargate_profiles, workers } = definition.tfvars;
  // Where nothing can run at all, that has been told, and each addon would only say it again.
  if (checkUntaintedCapacity(subject).length > 0 || workers.length + fargate_profiles.length === 0) return [];
  const given: Path[] = [
    ["tfvars", "workers"],
    ["tfvars", "fargate_profiles"],
  ];
  const elsewhere = hasAutoMode(definition) || cluster.remote_networks.node_cidrs.length > 0;
  const places: Places = {
    facts: nodeFacts(definition.tfvars),
    further_nodes: elsewhere || addons.karpenter.enabled,
    onFargate: (namespace) => takerOf(fargate_profiles, namespace, true) !== undefined,
  };
  return enabledAddons(definition).flatMap((name): Finding[] => {
    const addon = ADDONS[name];
    if (addon === undefined) return [];
    const path = ["tfvars", "addons", name, "enabled"];
    // Karpenter makes no node for itself.
    const message = withoutPlace(addon, name === "karpenter" ? { ...places, further_nodes: elsewhere } : places);
    if (message !== undefined) return [{ path, message, given }];
    const taker = takerOf(fargate_profiles, addon.namespace, false);
    if (taker === undefined || addon.service_account === undefined) return [];
    return [
      {
        path,
        given,
        message: `${NO_POD_IDENTITY}, and the profile ${taker.name} takes its namespace ${addon.namespace}: narrow the profile by labels, or set ${name}_enabled: false`,
      },
    ];
  });
};
