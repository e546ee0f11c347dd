import { ExpectedError } from "../../../language/expected-error";
import { personOf } from "../../../operations/rollout/people";
import type { History } from "../../../operations/rollout/records/history";
import { liftable } from "../../../operations/rollout/resume";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import type { ExitCode } from "../../shared/exit-code";
import { openRollout, type RolloutFlags } from "./open-rollout";
import { printRecorded, recordedOf } from "./print-recorded";

type Flags = RolloutFlags & {
  readonly keep: boolean;
  readonly record: string | undefined;
  readonly who: string | undefined;
  readonly reason: string | undefined;
};

export const run = action(async ({ flags, json, positionals: [name] }: Input<Flags>): Promise<ExitCode> => {
  if (flags.record !== undefined && name !== undefined)
    throw new ExpectedError("--record names a record, so that no wave or cluster can be named");
  const person = personOf(flags);
  const { commit, fleet, log, now } = await openRollout(flags);
  const moment = now();
  const lifts =
    flags.record === undefined ? liftable(fleet, log.history, moment, name) : [recordNamed(log.history, flags.record)];
  const added = await log.state<"resumed">({
    version: 1,
    kind: "resumed",
    at: new Date(moment).toISOString(),
    commit,
    ...person,
    lifts: [...lifts],
    mode: flags.keep ? "keep" : "retry",
  });
  const then = flags.keep
    ? "The failed clusters stay as they are until their definition or release changes."
    : "The failed clusters are changed again in their windows.";
  printRecorded(
    recordedOf([added]),
    [`Lifted ${lifts.length === 1 ? "1 record" : `${lifts.length} records`}. ${then}`],
    json,
  );
  return 0;
});

function recordNamed(history: History, text: string): string {
  const found = /^[0-9a-f]{8,64}$/.test(text) ? [...history.records].filter(({ id }) => id.startsWith(text)) : [];
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  throw new ExpectedError(
    found.length > 1
      ? `several records begin with ${text}. Write more of the address`
      : `no record begins with ${JSON.stringify(text)}. fleet rollout next and status print addresses; at least 8 characters are needed`,
  );
}
