import type { Target } from "../../../../operations/rollout/records/record";
import type { SimulatedCluster } from "./world";

/** A change that a runner makes. */
export interface Run {
  readonly attempt: string;
  readonly runner: string;
  readonly target: Target;
  readonly started: number;
  /** When the runner records a result. Never, if it dies. */
  readonly ends: number;
  readonly outcome: "dies" | "failed" | "inconclusive" | "succeeded";
  leaseUntil: number;
  /** True if the runner takes more time before its lease ends. */
  readonly renews: boolean;
}

/**
 * What is known about a cluster in the simulated world. It is changed by events as they happen, and not derived from records: whether decisions
 * by records are right is what the simulation finds out.
 */
export interface ClusterTruth {
  readonly of: SimulatedCluster;
  target: Target;
  /** What was applied last. */
  has: Target | undefined;
  run: Run | undefined;
  state: "failed" | "healthy" | "kept" | "never changed" | "retry" | "running" | "unknown" | "unobserved";
  /** Since when it has been observed to be healthy without a break. */
  healthySince: number;
  /** When its health is observed next. */
  observeAt: number;
  /** The record of the last change. */
  attempt: string | undefined;
  /** What is wrong with the last observation: resuming lifts these records. */
  readonly open: string[];
}

export function truthOf(of: SimulatedCluster, target: Target): ClusterTruth {
  return {
    ...{
      of,
      target,
      has: undefined,
      run: undefined,
      state: "never changed",
      healthySince: 0,
      observeAt: 0,
      attempt: undefined,
    },
    open: [],
  };
}

/** True if a cluster has what it should have, and nobody waits for it. */
export function isSettled({ has, state, target }: ClusterTruth): boolean {
  return (state === "healthy" || state === "kept") && has?.digest === target.digest && has.release === target.release;
}

/** True if a cluster counts as one that changes. */
export function isChanging({ state }: ClusterTruth): boolean {
  return state === "running" || state === "unknown" || state === "unobserved";
}
