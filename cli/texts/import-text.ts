import type { EksctlImportReport } from "../../operations/import/eksctl/report";
import { table } from "../shared/table";
import type { Terminal } from "../shared/terminal";
import { nextCommands } from "./next-commands";

/** Returns the summary of an import, without the definition and its problems. */
export function eksctlImportText(report: EksctlImportReport, terminal: Terminal): string {
  const { account, cluster, file, left, notes, source, valid, written } = report;
  const of = (fate: string) => left.filter((each) => each.fate === fate);
  const rows = (fate: string) => of(fate).map(({ line, path, reason }) => [line, path, reason]);
  const columns = [{ title: "line", align: "right" as const }, "key", "why"];
  const parts = [
    written ? `wrote ${file}` : `${file} was not written`,
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
    ...(written && valid ? [`Next:\n${nextCommands(cluster, [file])}`] : []),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function section(title: string, count: number, text: string): string {
  return count === 0 ? "" : `${title}: ${count}\n${text}`;
}
