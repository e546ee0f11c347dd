import { ExpectedError } from "../../../language/expected-error";
import { listed } from "../../../language/suggest";
import type { RolloutFleet } from "../../../operations/rollout/decide/fleet";
import { phaseOf } from "../../../operations/rollout/decide/phase";
import { personOf } from "../../../operations/rollout/people";
import { suggestion, waveIndex } from "../../../operations/rollout/resume";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import type { ExitCode } from "../../shared/exit-code";
import { openRollout, type RolloutFlags } from "./open-rollout";
import { printRecorded, recordedOf } from "./print-recorded";

type Flags = RolloutFlags & {
  readonly release: string | undefined;
  readonly who: string | undefined;
  readonly reason: string | undefined;
};

export const run = action(async ({ flags, json, positionals: [name = ""] }: Input<Flags>): Promise<ExitCode> => {
  const person = personOf(flags);
  const { commit, fleet, log, now } = await openRollout(flags);
  const moment = now();
  const base = { version: 1, kind: "approved", at: new Date(moment).toISOString(), commit, ...person } as const;
  const index = waveIndex(fleet, name);
  if (index !== undefined) {
    const release = releaseOf(fleet, index, flags.release);
    const added = await log.state<"approved">({
      ...base,
      wave: name,
      release,
      attempt: null,
      judges: null,
      cluster: null,
    });
    printRecorded(recordedOf([added]), [`Wave ${name} may begin with release ${release}.`], json);
    return 0;
  }
  if (!fleet.clusters.some((each) => each.name === name))
    throw new ExpectedError(`no wave or cluster is named ${JSON.stringify(name)}${suggestion(fleet, name)}`);
  if (flags.release !== undefined) throw new ExpectedError("--release is for waves. Remove it");
  const phase = phaseOf(log.history, name, moment);
  if (phase.phase !== "inconclusive")
    throw new ExpectedError(
      phase.phase === "failed"
        ? `${name} has failed, which is not inconclusive. Use fleet rollout resume ${name}`
        : `${name} is not inconclusive, so that there is nothing to judge`,
    );
  const attempt = phase.attempt.started.id;
  const added = await log.state<"approved">({
    ...base,
    wave: null,
    release: null,
    attempt,
    judges: phase.record,
    cluster: name,
  });
  printRecorded(
    recordedOf([added]),
    [`${name} counts as healthy with ${phase.attempt.started.target.release} from now on.`],
    json,
  );
  return 0;
});

function releaseOf({ clusters, waves }: RolloutFleet, wave: number, named: string | undefined): string {
  const releases = [...new Set(clusters.flatMap((each) => (each.wave === wave ? [each.target.release] : [])))].sort();
  const [only] = releases;
  if (named !== undefined) {
    if (releases.includes(named)) return named;
    throw new ExpectedError(
      `no cluster of wave ${waves[wave]?.name} has release ${JSON.stringify(named)} as its target. Targets: ${listed(releases)}`,
    );
  }
  if (only !== undefined && releases.length === 1) return only;
  throw new ExpectedError(
    `clusters of wave ${waves[wave]?.name} have several releases as their targets: ${listed(releases)}. Name one with --release`,
  );
}
