import { type AddonName, catalogue } from "../../addons/catalogue";
import type { Addon } from "../../addons/contract/addon";
import type { ClusterService } from "../../addons/contract/cluster-wide";
import type { Tfvars } from "../model/cluster";

const ADDONS = Object.entries<Addon>(catalogue) as [AddonName, Addon][];

/** Returns the keys of the addons that provide a service, enabled or not. The first is the one to recommend. */
export function providersOf(service: ClusterService): readonly AddonName[] {
  return ADDONS.filter(([, { provides }]) => provides?.includes(service)).map(([name]) => name);
}

const PROVIDERS = {
  dns: providersOf("dns"),
  block_volumes: providersOf("block_volumes"),
  node_conditions: providersOf("node_conditions"),
  nvidia_gpus: providersOf("nvidia_gpus"),
  node_draining: providersOf("node_draining"),
  load_balancers: providersOf("load_balancers"),
} as const satisfies Readonly<Record<ClusterService, readonly AddonName[]>>;

/** True if an addon that the cluster enables provides a service. */
export function isProvided(service: ClusterService, { addons }: Pick<Tfvars, "addons">): boolean {
  return PROVIDERS[service].some((name) => addons[name].enabled);
}
