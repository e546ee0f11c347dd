import { ExpectedError } from "../../../language/expected-error";
import { decide } from "../../../operations/rollout/decide/decide";
import { type RunsReport, runsOf } from "../../../operations/rollout/runs";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import type { ExitCode } from "../../shared/exit-code";
import { printJson } from "../../shared/print";
import { terminalOf } from "../../shared/terminal";
import { runsMarkdown, runsText } from "../../texts/rollout/runs-text";
import { namedClusters } from "../rollout/named-clusters";
import { openRollout, type RolloutFlags } from "../rollout/open-rollout";

type Flags = RolloutFlags & {
  readonly ci: boolean;
  readonly runs: string;
  readonly format: "markdown" | "table";
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>): Promise<ExitCode> => {
  const most = numberOf(flags.runs);
  const rollout = await openRollout(flags);
  const only = namedClusters(positionals, rollout);
  const moment = rollout.now();
  const isAbout = ({ cluster }: { readonly cluster: string }): boolean => only === undefined || only.has(cluster);
  const decisions = decide(rollout.fleet, rollout.log.history, moment).filter(isAbout);
  const held = rollout.fleet.held.filter(isAbout);
  const report = runsOf({ decisions, held }, rollout.log.history, moment, flags.ci ? most : undefined);
  if (json) printJson(report);
  else console.log(flags.format === "markdown" ? runsMarkdown(report) : runsText(report, terminalOf(process.stdout)));
  return hasFinding(report) ? 2 : 0;
});

const GOOD = ["succeeded", "healthy", "running"];

/** True if a cluster has failed, or the last run of a job did not end well. */
function hasFinding({ clusters }: RunsReport): boolean {
  return clusters.some(
    ({ decision, jobs }) =>
      decision === "failed" || jobs.some(({ runs: [last] }) => last !== undefined && !GOOD.includes(last.result)),
  );
}

function numberOf(flag: string): number {
  if (!/^[1-9]\d{0,2}$/.test(flag))
    throw new ExpectedError(`--runs must be a whole number from 1 to 999, but is ${JSON.stringify(flag)}`);
  return Number(flag);
}
