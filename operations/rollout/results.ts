import { ExpectedError } from "../../language/expected-error";
import type { RolloutCluster, RolloutFleet } from "./decide/fleet";
import { type Phase, phaseOf } from "./decide/phase";
import type { Attempt, History } from "./records/history";

/** Returns a cluster of the fleet. */
export function clusterNamed(
  { clusters }: RolloutFleet,
  name: string,
  known: (name: string) => string,
): RolloutCluster {
  const cluster = clusters.find((each) => each.name === name);
  if (cluster === undefined) throw new ExpectedError(`no cluster is named ${JSON.stringify(name)}${known(name)}`);
  return cluster;
}

/**
 * Returns the change that a result is about: the last one, if it has not ended, or if its end is inconclusive.
 *
 * @param runner the runner that records the result; undefined for a person, who may record it in place of any runner
 * @returns undefined if there is none, so that a person records a change that no runner started
 * @throws ExpectedError if a runner did not start the change
 */
export function attemptToEnd(
  history: History,
  cluster: string,
  now: number,
  runner: string | undefined,
): Attempt | undefined {
  const phase = phaseOf(history, cluster, now);
  const attempt = isOpen(phase) ? phase.attempt : undefined;
  if (runner === undefined) return attempt;
  if (attempt === undefined)
    throw new ExpectedError(
      `no change of ${cluster} is under way, so that no result can be recorded. fleet rollout next --claim --runner ${runner} starts one; a person can record one with --who and --reason`,
    );
  if (attempt.started.runner !== runner)
    throw new ExpectedError(
      `${attempt.started.runner} started the change of ${cluster}, and not ${runner}. Only that runner, or a person with --who and --reason, can record its result`,
    );
  return attempt;
}

function isOpen(phase: Phase): phase is Extract<Phase, { phase: "inconclusive" | "running" }> {
  return phase.phase === "running" || phase.phase === "inconclusive";
}

/**
 * Returns the change whose health is observed: the last one, if it succeeded.
 *
 * @throws ExpectedError if nothing was changed, or the change has not succeeded
 */
export function attemptToObserve(history: History, cluster: string, now: number): Attempt {
  const phase = phaseOf(history, cluster, now);
  const attempt = phase.phase === "free" ? undefined : phase.attempt;
  if (attempt === undefined)
    throw new ExpectedError(
      `no change of ${cluster} is recorded, so that there is nothing whose health could be observed`,
    );
  if (attempt.ended.at(-1)?.result !== "succeeded" && attempt.approved.length === 0)
    throw new ExpectedError(
      `the last change of ${cluster} has not succeeded. Record how it ended first: fleet rollout record ${cluster} succeeded`,
    );
  return attempt;
}
