import { ExpectedError } from "../../language/expected-error";
import { didYouMean, listed } from "../../language/suggest";
import type { RolloutFleet } from "./decide/fleet";
import { type Phase, phaseOf } from "./decide/phase";
import type { History } from "./records/history";

/** The records of what failed or is inconclusive, of one cluster. */
export function openRecords(phase: Phase): readonly string[] {
  if (phase.phase === "failed") return phase.records;
  return phase.phase === "inconclusive" ? [phase.record] : [];
}

/**
 * Returns the records that `fleet rollout resume` lifts.
 *
 * @param name a wave, a cluster, or undefined for a halt of all waves by a person
 * @throws ExpectedError if nothing is halted there
 */
export function liftable(
  fleet: RolloutFleet,
  history: History,
  now: number,
  name: string | undefined,
): readonly string[] {
  const halts = history.openHalts();
  if (name === undefined) {
    const ids = halts.filter(({ wave }) => wave === null).map(({ id }) => id);
    if (ids.length > 0) return ids;
    throw new ExpectedError(`no halt covers all waves. Name one of these: ${resumable(fleet, history, now)}`);
  }
  const index = waveIndex(fleet, name);
  const clusters =
    index === undefined
      ? fleet.clusters.filter((each) => each.name === name)
      : fleet.clusters.filter(({ wave }) => wave === index);
  if (index === undefined && clusters.length === 0)
    throw new ExpectedError(`no wave or cluster is named ${JSON.stringify(name)}${suggestion(fleet, name)}`);
  const ids = [
    ...(index === undefined ? [] : halts.filter(({ wave }) => wave === name).map(({ id }) => id)),
    ...clusters.flatMap((each) => {
      const phase = phaseOf(history, each.name, now);
      // Resuming a wave does not judge changes whose result is unknown.
      return index !== undefined && phase.phase === "inconclusive" ? [] : openRecords(phase);
    }),
  ];
  if (ids.length > 0) return ids;
  throw new ExpectedError(
    `${name} has nothing to resume: no halt, and no failed cluster. You can resume: ${resumable(fleet, history, now)}`,
  );
}

export function waveIndex({ waves }: RolloutFleet, name: string): number | undefined {
  const index = waves.findIndex((wave) => wave.name === name);
  return index < 0 ? undefined : index;
}

export function suggestion({ clusters, waves }: RolloutFleet, name: string): string {
  const names = [...waves, ...clusters].map((each) => each.name);
  return didYouMean(name, names) || `. Waves: ${listed(waves.map((wave) => wave.name))}`;
}

function resumable(fleet: RolloutFleet, history: History, now: number): string {
  const failed = fleet.clusters.filter(({ name }) => openRecords(phaseOf(history, name, now)).length > 0);
  const waves = history.openHalts().flatMap(({ wave }) => wave ?? []);
  return listed([...new Set(waves), ...failed.map(({ name }) => name)]);
}
