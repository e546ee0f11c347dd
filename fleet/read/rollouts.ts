import type { Problem } from "../../language/problem";
import type { MapTree } from "../../language/yaml/tree";
import type { Rollouts } from "../model/rollouts";
import { parseWithPlaces } from "../parse/parse-with-places";
import { rollouts } from "../schema/rollouts/rollouts";
import type { DefinitionFiles } from "./files";

/** The file that describes how changes reach the fleet. */
export const ROLLOUTS_FILE = "rollouts.yaml";

export interface ReadRollouts {
  /** Undefined if the file cannot be read. */
  readonly root: MapTree | undefined;
  /** Undefined if nothing can be made of it. What was refused in it throws `RefusedValue` when it is read. */
  readonly value: Rollouts | undefined;
  readonly problems: readonly Problem[];
}

/** Reads `rollouts.yaml`; undefined if the directory has none. */
export function readRollouts(files: DefinitionFiles): ReadRollouts | undefined {
  const file = files.own(ROLLOUTS_FILE);
  if (file === undefined) return undefined;
  const { problems, root } = file;
  if (root === undefined) return { root, value: undefined, problems };
  const parsed = parseWithPlaces(root, rollouts);
  return { root, value: parsed.value, problems: [...problems, ...parsed.problems] };
}
