import { existsSync, readFileSync } from "node:fs";
import { isMap } from "../../language/plain-map";

/** The managed resources of a state: their addresses with the ids of their objects. Terraform gives a state another lineage when it moves it. */
export type StateResources = readonly string[];

/** Reads what `terraform state pull` prints, or a state file. A state that was never written has no resources. */
export function readState(text: string): StateResources {
  const state: unknown = text.trim() === "" ? {} : JSON.parse(text);
  const resources = isMap(state) && Array.isArray(state["resources"]) ? state["resources"] : [];
  return resources
    .filter(isMap)
    .flatMap(({ instances, mode, name, type }) =>
      mode === "managed" && Array.isArray(instances)
        ? instances
            .filter(isMap)
            .map(({ attributes }) => `${type}.${name} ${isMap(attributes) ? attributes["id"] : ""}`)
        : [],
    );
}

/** Reads a state file; no resources if it does not exist. */
export function readStateFile(file: string): StateResources {
  return existsSync(file) ? readState(readFileSync(file, "utf8")) : [];
}

/** Result of comparing the state on this machine with the state in the bucket. `moved`: the bucket already contains every resource. */
export type Move = "move" | "moved" | "conflict";

/** Decides from the two states: one that has moved has every resource in the bucket too, and perhaps later ones. */
export function moveOf(here: StateResources, bucket: StateResources): Move {
  if (bucket.length === 0) return "move";
  return here.every((each) => bucket.includes(each)) ? "moved" : "conflict";
}

/** True if Terraform failed because the bucket of the backend does not exist. */
export function isMissingBucket(text: string): boolean {
  return /NoSuchBucket|S3 bucket "[^"]*" does not exist/.test(text);
}
