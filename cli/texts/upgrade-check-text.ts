import { createColors } from "picocolors";
import { visible } from "../../language/problem";
import type { UpgradeCheckReport } from "../../operations/upgrade-check/report";
import type { Terminal } from "../shared/terminal";
import { differencesText } from "./diff-text";

/** Returns the changes by another version of the program as text. */
export function upgradeCheckText(report: UpgradeCheckReport, terminal: Terminal): string {
  const { bold } = createColors(terminal.colours);
  const { changelog, clusters, compared, from, refused, to, warnings } = report;
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [[bold(title), ...lines.map((line) => `  ${visible(line)}`)].join("\n")];
  const changed = clusters.length === 1 ? "1 cluster changes" : `${clusters.length || "no"} clusters change`;
  const head =
    refused.length > 0
      ? `version ${to} refuses these definitions, so nothing can be compared`
      : `${changed} of ${compared}, if version ${to} replaces ${from}`;
  return [
    refused.length > 0 ? bold(head) : differencesText(report, [head], terminal),
    ...list(`Refused by ${to}`, refused),
    ...list(`Warnings of ${to} only`, warnings),
    ...changelog.flatMap(({ text, version }) => list(`Changelog ${version}`, text.split("\n"))),
  ].join("\n\n");
}
