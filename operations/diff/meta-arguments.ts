import { isMap, type PlainMap } from "../../language/plain-map";
import type { Resource } from "../resources/resource";
import { type Difference, differences } from "./values";

/** Lists whose order is irrelevant to Terraform. */
const SETS = ["depends_on", "ignore_changes", "replace_triggered_by"];

/** Meaning of a change of a meta-argument, by the first part of its path. */
const MEANING: Readonly<Record<string, string>> = {
  count: "count decides how many there are: the plan shows which are created or destroyed",
  for_each: "for_each decides how many there are: the plan shows which are created or destroyed",
  provider: "another provider configuration may look for it in another account or region",
};

/** Returns the differences of a resource's meta-arguments: `lifecycle`, `depends_on`, `count` and the others. */
export function metaDifferences(before: Resource, after: Resource): readonly Difference[] {
  return differences(inOrder(before.meta), inOrder(after.meta));
}

/** Returns the meanings of the differences; empty if no meaning is known. */
export function metaReasons(each: readonly Difference[]): readonly string[] {
  return Object.keys(MEANING)
    .filter((name) => each.some(({ path: [first] }) => first === name))
    .map((name) => MEANING[name] as string);
}

function inOrder(meta: PlainMap): PlainMap {
  return Object.fromEntries(
    Object.entries(meta).map(([key, value]) => {
      if (SETS.includes(key) && Array.isArray(value)) return [key, [...value].map(String).sort()];
      if (key === "lifecycle") return [key, [value].flat().map((block) => (isMap(block) ? inOrder(block) : block))];
      return [key, value];
    }),
  );
}
