import type { History } from "../records/history";
import type { Wait } from "./decision";
import type { RolloutCluster, RolloutFleet } from "./fleet";
import { isSame, type Phase, phaseOf } from "./phase";

/** A reason to wait. */
export interface Waiting {
  readonly reason: Wait;
  readonly why: string;
  readonly until: number | undefined;
}

/** A cluster with its state in the records. */
export interface Known {
  readonly cluster: RolloutCluster;
  readonly phase: Phase;
  /** True if the cluster has its target: healthy, or left as it is by a person. */
  readonly settled: boolean;
}

/** State that all decisions of one moment share. */
export interface Situation {
  readonly fleet: RolloutFleet;
  readonly history: History;
  readonly now: number;
  /** In the order of the fleet. */
  readonly known: readonly Known[];
  readonly byName: ReadonlyMap<string, Known>;
}

/** Returns the state of every cluster in the records at a moment. */
export function situationOf(fleet: RolloutFleet, history: History, now: number): Situation {
  const known = fleet.clusters.map((cluster): Known => {
    const phase = phaseOf(history, cluster.name, now);
    const has =
      (phase.phase === "sound" || phase.phase === "kept") && isSame(phase.attempt.started.target, cluster.target);
    return { cluster, phase, settled: has };
  });
  return { fleet, history, now, known, byName: new Map(known.map((each) => [each.cluster.name, each])) };
}

/** True if a cluster counts as changing: from its start until it is healthy or failed. */
export function isBusy({ phase }: Known): boolean {
  return phase.phase === "running" || phase.phase === "inconclusive" || phase.phase === "finished";
}
