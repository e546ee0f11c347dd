import type { Target } from "../../../../operations/rollout/records/record";
import type { SimulatedCluster } from "./world";

/** A change that a runner makes. */
export interface Run {
  readonly attempt: string;
  readonly runner: string;
  readonly target: Target;
  readonly started: number;
  /** Hour at which the runner records a result, unless it dies. */
  readonly ends: number;
  readonly outcome: "dies" | "failed" | "inconclusive" | "succeeded";
  leaseUntil: number;
  /** True if the runner takes more time before its lease ends. */
  readonly renews: boolean;
}

/**
 * The true state of a cluster in the simulated world. Events change it as they happen; it is not derived from records, because the
 * simulation tests whether decisions by records are right.
 */
export interface ClusterTruth {
  readonly of: SimulatedCluster;
  target: Target;
  /** The release that was applied last. */
  has: Target | undefined;
  run: Run | undefined;
  state: "failed" | "healthy" | "kept" | "never changed" | "retry" | "running" | "unknown" | "unobserved";
  /** Since when it has been observed to be healthy without a break. */
  healthySince: number;
  /** Hour of the next health check. */
  observeAt: number;
  /** The record of the last change. */
  attempt: string | undefined;
  /** Records of problems in the last observation. Resuming lifts them. */
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
