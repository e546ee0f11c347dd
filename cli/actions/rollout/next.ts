import { randomUUID } from "node:crypto";
import { ExpectedError } from "../../../language/expected-error";
import { claim } from "../../../operations/rollout/claim";
import { decide } from "../../../operations/rollout/decide/decide";
import { checkedText, personOf } from "../../../operations/rollout/people";
import type { Stored } from "../../../operations/rollout/records/record";
import type { Claimed, NextReport } from "../../../operations/rollout/report";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import type { ExitCode } from "../../shared/exit-code";
import { momentOf } from "../../shared/moment";
import { printJson, printText } from "../../shared/print";
import { terminalOf } from "../../shared/terminal";
import { nextText } from "../../texts/rollout/next-text";
import { namedClusters } from "./named-clusters";
import { type OpenRollout, openRollout, type RolloutFlags } from "./open-rollout";

type Flags = RolloutFlags & {
  readonly claim: boolean;
  readonly runner: string | undefined;
  readonly most: string;
  readonly emergency: boolean;
  readonly until: string | undefined;
  readonly who: string | undefined;
  readonly reason: string | undefined;
};

const LONGEST_EMERGENCY = 24 * 60 * 60 * 1000;

export const run = action(async ({ flags, json, positionals }: Input<Flags>): Promise<ExitCode> => {
  checkFlags(flags, positionals);
  const most = numberOf(flags.most);
  const rollout = await openRollout(flags);
  const only = namedClusters(positionals, rollout);
  const { commit, fleet, log, now } = rollout;
  if (flags.emergency) await recordEmergency(rollout, [...(only ?? [])], flags);
  const runner = flags.claim ? checkedText("--runner", flags.runner) : "";
  const started = flags.claim ? await claim(log, fleet, { now, runner, commit, most, only, nonce: randomUUID }) : [];
  if (flags.claim || flags.emergency) await log.keepShort();
  const moment = now();
  const decisions = decide(fleet, log.history, moment);
  const report: NextReport = {
    version: 1,
    now: new Date(moment).toISOString(),
    decisions: decisions.filter(({ cluster }) => only === undefined || only.has(cluster)),
    claimed: started.map((each) => claimedOf(each, rollout)),
    unobserved: decisions.flatMap(({ cluster, reason }) => (reason === "health" ? [cluster] : [])),
  };
  if (json) printJson(report);
  else printText(nextText(report, terminalOf(process.stdout)));
  return 0;
});

function checkFlags({ claim: claims, emergency, runner, until }: Flags, positionals: readonly string[]): void {
  if (claims && runner === undefined)
    throw new ExpectedError("--claim requires --runner, which names who changes the clusters");
  if (!claims && runner !== undefined) throw new ExpectedError("--runner requires --claim");
  if (emergency && positionals.length === 0)
    throw new ExpectedError("--emergency requires the names of the clusters that it is about");
  if (!emergency && until !== undefined) throw new ExpectedError("--until requires --emergency");
}

async function recordEmergency(
  { commit, log, now }: OpenRollout,
  clusters: readonly string[],
  flags: Flags,
): Promise<void> {
  const person = personOf(flags);
  const at = now();
  const until = momentOf("--until", flags.until);
  if (until === undefined)
    throw new ExpectedError("--emergency requires --until, its end, such as 2026-11-30T18:00:00Z");
  if (until <= at) throw new ExpectedError(`--until must be later than now (${new Date(at).toISOString()})`);
  if (until - at > LONGEST_EMERGENCY)
    throw new ExpectedError("--until must be at most 24 hours away. After that, record the emergency again");
  await log.state<"emergency">({
    version: 1,
    kind: "emergency",
    at: new Date(at).toISOString(),
    commit,
    ...person,
    clusters: [...clusters],
    until: new Date(until).toISOString(),
  });
}

function claimedOf(
  { cluster, id, lease_until, runner, target, wave }: Stored<"started">,
  { rollouts }: OpenRollout,
): Claimed {
  const checks = rollouts.waves.find(({ name }) => name === wave)?.healthy ?? [];
  return { cluster, wave, attempt: id, runner, lease_until, target, checks: [...checks] };
}

function numberOf(flag: string): number {
  if (!/^[1-9]\d{0,3}$/.test(flag))
    throw new ExpectedError(`--most must be a whole number from 1 on, but is ${JSON.stringify(flag)}`);
  return Number(flag);
}
