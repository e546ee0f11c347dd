import type { Account, KubernetesSupport } from "../../../model/cluster";
import type { Rollouts, Selectable } from "../../../model/rollouts";
import type { Finding } from "../../../rules/finding";
import type { KnownNames } from "../../../schema/names-schema";

/** The facts that rules about `rollouts.yaml` read. */
export interface RolloutContext {
  readonly rollouts: Rollouts;
  /** Every cluster whose definition could be read. */
  readonly clusters: readonly Selectable[];
  /** Names of all clusters, also of those that could not be read. */
  readonly clusterNames: readonly string[];
  /** Every account that could be read. */
  readonly accounts: readonly Account[];
  readonly names: KnownNames;
  readonly support: KubernetesSupport;
  readonly today: string;
}

/** True if every definition could be read. Otherwise it is unknown which owners and labels exist. */
export function knowsEveryCluster({ clusterNames, clusters }: RolloutContext): boolean {
  return clusters.length === clusterNames.length;
}

export type RolloutRule = (context: RolloutContext) => readonly Finding[];
