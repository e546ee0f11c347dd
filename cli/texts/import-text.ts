import type { EksctlImportReport } from "../../operations/import/eksctl/report";
import { table } from "../shared/table";
import type { Terminal } from "../shared/terminal";
import { nextCommands } from "./next-commands";

/**
 * Returns the summary of an import, without the definition and its problems.
 *
 * @param files the files that were written, or would have been
 */
export function eksctlImportText(report: EksctlImportReport, files: readonly string[], terminal: Terminal): string {
  const { account, cluster, file, left, notes, source, valid, written } = report;
  const of = (fate: string) => left.filter((each) => each.fate === fate);
  const rows = (fate: string) => of(fate).map(({ line, path, reason }) => [line, path, reason]);
  const columns = [{ title: "line", align: "right" as const }, "key", "why"];
  const parts = [
    written ? files.map((each) => `wrote ${each}`).join("\n") : `${file} was not written`,
    unreserved(report),
    section(
      `Not translated from ${source}`,
      of("not_translated").length,
      table(columns, rows("not_translated"), terminal),
    ),
    section("Without effect here", of("no_effect").length, table(columns, rows("no_effect"), terminal)),
    section("To decide", notes.length, notes.map((note) => `- ${note}`).join("\n")),
    section(
      `What the account ${account.name} needs`,
      account.needs.length,
      account.needs.map((need) => `- ${need}`).join("\n"),
    ),
    "The definition describes the same cluster as a new one. It does not take over the cluster that runs: fleet adopt does.",
    ...(written && valid ? [`Next:\n${nextCommands(cluster, files)}`] : []),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** Names the line that ranges.yaml needs, which only the definition at its place gets by itself. */
function unreserved({ cluster, reservation }: EksctlImportReport): string {
  if (reservation === null || reservation.reserved) return "";
  const { account, file, range } = reservation;
  return `${range} is not reserved. Without --dry-run and --out, ${file} gets the line "${range}: ${cluster}" below ${account}. Add it if you move the definition there by hand.`;
}

function section(title: string, count: number, text: string): string {
  return count === 0 ? "" : `${title}: ${count}\n${text}`;
}
