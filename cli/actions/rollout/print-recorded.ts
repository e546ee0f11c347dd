import type { Health, Stored } from "../../../operations/rollout/records/record";
import type { RecordedReport } from "../../../operations/rollout/report";
import { printJson } from "../../shared/print";

/** Returns the answer of a command that adds records. */
export function recordedOf(added: readonly Stored[], health: Health | null = null): RecordedReport {
  return { version: 1, recorded: added.map(({ id, ...record }) => ({ id, record })), health };
}

/** Prints what a command recorded. */
export function printRecorded(report: RecordedReport, lines: readonly string[], json: boolean): void {
  if (json) printJson(report);
  else for (const line of lines) console.log(line);
}

/** The beginning of a record's address, which is enough for people. */
export const short = (id: string): string => id.slice(0, 12);
