import { ExpectedError } from "../../../language/expected-error";
import { personOf } from "../../../operations/rollout/people";
import { suggestion, waveIndex } from "../../../operations/rollout/resume";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import type { ExitCode } from "../../shared/exit-code";
import { openRollout, type RolloutFlags } from "./open-rollout";
import { printRecorded, recordedOf } from "./print-recorded";

type Flags = RolloutFlags & { readonly who: string | undefined; readonly reason: string | undefined };

export const run = action(async ({ flags, json, positionals: [wave] }: Input<Flags>): Promise<ExitCode> => {
  const person = personOf(flags);
  const { commit, fleet, log, now } = await openRollout(flags);
  if (wave !== undefined && waveIndex(fleet, wave) === undefined)
    throw new ExpectedError(`no wave is named ${JSON.stringify(wave)}${suggestion({ ...fleet, clusters: [] }, wave)}`);
  const added = await log.state<"halted">({
    version: 1,
    kind: "halted",
    at: new Date(now()).toISOString(),
    commit,
    ...person,
    wave: wave ?? null,
  });
  const what = wave === undefined ? "Every wave" : `Wave ${wave}, and every later one,`;
  printRecorded(
    recordedOf([added]),
    [
      `${what} is halted. Changes that have started are finished.`,
      `fleet rollout resume${wave === undefined ? "" : ` ${wave}`} --who … --reason … resumes it.`,
    ],
    json,
  );
  return 0;
});
