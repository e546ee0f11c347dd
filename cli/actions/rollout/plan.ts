import { ExpectedError } from "../../../language/expected-error";
import { ganttOf, rolloutPicture } from "../../../operations/rollout/forecast/gantt";
import { planRollout } from "../../../operations/rollout/forecast/plan";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import type { ExitCode } from "../../shared/exit-code";
import { printOrWrite } from "../../shared/output-file";
import { printJson, printText } from "../../shared/print";
import { terminalOf } from "../../shared/terminal";
import { planText } from "../../texts/rollout/plan-text";
import { openRollout, type RolloutFlags } from "./open-rollout";

type Flags = RolloutFlags & {
  readonly days: string;
  readonly format: "mermaid" | "svg" | "table";
  readonly out: string | undefined;
};

const MOST_DAYS = 400;

export const run = action(async ({ flags, json }: Input<Flags>): Promise<ExitCode> => {
  const days = daysOf(flags.days);
  if (flags.out !== undefined && flags.format !== "svg") throw new ExpectedError("--out requires --format svg");
  if (json && flags.format !== "table")
    throw new ExpectedError("--format and --json cannot be combined. Remove one of them");
  const { fleet, log, now } = await openRollout(flags);
  const plan = planRollout(fleet, log.history, now(), days);
  if (flags.format === "svg") await printOrWrite(rolloutPicture(plan), flags.out);
  else if (flags.format === "mermaid") process.stdout.write(ganttOf(plan));
  else if (json) printJson(plan);
  else printText(planText(plan, terminalOf(process.stdout)));
  if (flags.format !== "table") for (const { message } of plan.dead_ends) console.error(`warning: ${message}`);
  return plan.dead_ends.length > 0 ? 2 : 0;
});

function daysOf(flag: string): number {
  const days = /^\d{1,3}$/.test(flag) ? Number(flag) : 0;
  if (days < 1 || days > MOST_DAYS)
    throw new ExpectedError(`--days must be a whole number from 1 to ${MOST_DAYS}, but is ${JSON.stringify(flag)}`);
  return days;
}
