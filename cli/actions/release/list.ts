import { releaseList } from "../../../operations/release/release-list";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { dayOf, load } from "../../shared/definitions";
import type { ExitCode } from "../../shared/exit-code";
import { printJson, printText } from "../../shared/print";
import { terminalOf } from "../../shared/terminal";
import { releaseListText } from "../../texts/release/release-text";
import { openLayers } from "./open-layers";

export const run = action(({ flags, json }: Input<{ readonly today: string | undefined }>): ExitCode => {
  const today = dayOf(flags.today);
  const report = releaseList(openLayers(), load(undefined, today), today);
  if (json) printJson(report);
  else printText(releaseListText(report, terminalOf(process.stdout)));
  return report.held.some(({ is_over }) => is_over) ? 2 : 0;
});
