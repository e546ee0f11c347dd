import { existsSync, readFileSync } from "node:fs";
import { isMap } from "../../language/plain-map";

/** Identity and age of a state. */
export interface StateSummary {
  readonly lineage: string;
  readonly serial: number;
  readonly resources: number;
}

/** Reads what `terraform state pull` prints, or a state file; undefined for no state, or one that was never written. */
export function readState(text: string): StateSummary | undefined {
  if (text.trim() === "") return undefined;
  const state: unknown = JSON.parse(text);
  if (!isMap(state) || typeof state["lineage"] !== "string" || typeof state["serial"] !== "number") return undefined;
  const resources = Array.isArray(state["resources"]) ? state["resources"] : [];
  const managed = resources.filter((each) => isMap(each) && each["mode"] === "managed");
  return { lineage: state["lineage"], serial: state["serial"], resources: managed.length };
}

/** Reads a state file; undefined if it does not exist or holds nothing. */
export function readStateFile(file: string): StateSummary | undefined {
  const state = existsSync(file) ? readState(readFileSync(file, "utf8")) : undefined;
  return state === undefined || state.resources === 0 ? undefined : state;
}

/** What must happen to a state on this machine, given the one in the bucket. */
export type Move = "move" | "moved" | "conflict";

/** Decides from the two states. A state that has moved is at least as new in the bucket; another lineage is another state. */
export function moveOf(here: StateSummary, bucket: StateSummary | undefined): Move {
  if (bucket === undefined || bucket.resources === 0) return "move";
  return bucket.lineage === here.lineage && bucket.serial >= here.serial ? "moved" : "conflict";
}

/** True if Terraform failed because the bucket of the backend does not exist. */
export function isMissingBucket(text: string): boolean {
  return /NoSuchBucket|S3 bucket "[^"]*" does not exist/.test(text);
}
