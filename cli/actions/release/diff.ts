import { releaseDiff } from "../../../operations/release/release-diff";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import type { ExitCode } from "../../shared/exit-code";
import { printJson, printText } from "../../shared/print";
import { terminalOf } from "../../shared/terminal";
import { releaseDiffText } from "../../texts/release/release-text";
import { openLayers } from "./open-layers";

export const run = action(({ json, positionals: [from = "", to = ""] }: Input): ExitCode => {
  const report = releaseDiff(openLayers(), from, to);
  if (json) printJson(report);
  else printText(releaseDiffText(report, terminalOf(process.stdout)));
  return 0;
});
