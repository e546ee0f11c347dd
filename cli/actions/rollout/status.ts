import { rolloutStatus } from "../../../operations/rollout/status";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import type { ExitCode } from "../../shared/exit-code";
import { printJson, printText } from "../../shared/print";
import { terminalOf } from "../../shared/terminal";
import { statusText } from "../../texts/rollout/status-text";
import { openRollout, type RolloutFlags } from "./open-rollout";

export const run = action(async ({ flags, json }: Input<RolloutFlags>): Promise<ExitCode> => {
  const { fleet, log, now } = await openRollout(flags);
  const report = rolloutStatus(fleet, log.history, now());
  if (json) printJson(report);
  else printText(statusText(report, terminalOf(process.stdout)));
  return report.attention.length > 0 ? 2 : 0;
});
