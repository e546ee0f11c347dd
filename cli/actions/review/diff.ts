import { diffFleet } from "../../../operations/diff/diff";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import { compared, comparisonOf, printErrors } from "../../shared/comparison";
import { worst } from "../../shared/exit-code";
import { printJson, printText } from "../../shared/print";
import { terminalOf } from "../../shared/terminal";
import { diffMarkdown } from "../../texts/diff-markdown";
import { diffText } from "../../texts/diff-text";

type Flags = {
  readonly base: string | undefined;
  readonly format: "json" | "markdown" | "text";
  readonly today: string | undefined;
};

export const run = action(async ({ flags, json, positionals }: Input<Flags>) => {
  const report = await compared(positionals, () => diffFleet(comparisonOf(flags, positionals)));
  if (json || flags.format === "json") printJson(report);
  else if (flags.format === "markdown") console.log(diffMarkdown(report));
  else printText(diffText(report, terminalOf(process.stdout)));
  return worst([printErrors(report), report.clusters.length === 0 ? 0 : 2]);
});
