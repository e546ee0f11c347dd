import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { message } from "../messages/message";

/** State that the steps of a job pass to later steps. */
const jobState = z.object({
  /** Set by claim: false if it is not the cluster's turn, so that later steps do nothing. */
  claimed: z.boolean().nullable(),
  /** The result of each step that can fail. */
  results: z.partialRecord(
    z.enum(["plan", "guard", "apply", "verify", "destroy"]),
    z.enum(["ok", "failed", "stopped"]),
  ),
  /** One line about the result. */
  detail: z.string().nullable(),
  /** Messages that were not sent yet. */
  messages: z.array(message),
});
export type JobState = z.output<typeof jobState>;

/** The file is in no folder that a job keeps. */
export const STATE_FILE = ".fleet/ci-job/state.json";

const EMPTY: JobState = { claimed: null, results: {}, detail: null, messages: [] };

/** Reads what earlier steps of the job wrote. */
export function readState(file = STATE_FILE): JobState {
  return existsSync(file) ? jobState.parse(JSON.parse(readFileSync(file, "utf8"))) : EMPTY;
}

/** Changes what later steps read. */
export function writeState(change: Partial<JobState>, file = STATE_FILE): void {
  const state = { ...readState(file), ...change };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(state, null, 2));
}

/** Deletes the state of another job on the same machine. */
export function clearState(file = STATE_FILE): void {
  rmSync(file, { force: true });
}

/** The result of a deploy, as in its record. */
export interface Ending {
  readonly result: "succeeded" | "failed" | "inconclusive";
  readonly detail: string;
}

/** Returns the result of a deploy. A step without a result means that the run was killed, so its changes are unknown. */
export function endingOf({ detail, results }: JobState): Ending {
  const failed = (["plan", "guard", "apply"] as const).find(
    (stage) => results[stage] === "failed" || results[stage] === "stopped",
  );
  if (failed !== undefined)
    return {
      result: "failed",
      detail: detail ?? `${failed} ${results[failed] === "stopped" ? "was stopped" : "failed"}`,
    };
  if (results.apply === "ok") return { result: "succeeded", detail: detail ?? "" };
  return {
    result: "inconclusive",
    detail:
      "the run ended before its apply did. Look at the cluster and at the lock of its state, then record what happened",
  };
}
