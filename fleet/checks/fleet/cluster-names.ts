import { compareText, type Problem } from "../../../language/problem";
import { slugOf } from "../../../language/words/names";
import { nameOfFile } from "../../read/files";
import { findingProblems, type ResolvedDefinition } from "../../rules/resolved-definition";

const CLUSTER_NAME = ["meta", "CLUSTER_NAME"] as const;

/**
 * Reports a name in 2 files, and 2 names with one slug (`a.b-c` and `a-b.c`), which is in the name of each resource of a cluster.
 * File names are enough for that, so clusters that are not selected count too.
 */
export function nameProblems(every: readonly string[], resolved: readonly ResolvedDefinition[]): Problem[] {
  const loaded = new Map(resolved.map((definition) => [definition.file, definition]));
  const named = [
    ...every.map((file) => ({ file, name: nameOfFile(file) })),
    ...resolved.filter(({ file, name }) => name !== nameOfFile(file)),
  ];
  return [...grouped(named, ({ name }) => slugOf(name)).values()].flatMap((members) => {
    if (members.length < 2) return [];
    const sorted = members.sort((a, b) => compareText(a.name, b.name) || compareText(a.file, b.file));
    return newcomers(sorted, loaded).flatMap(([member, first]) => {
      const definition = loaded.get(member.file);
      if (definition === undefined || first.file === member.file) return [];
      const message =
        first.name === member.name
          ? `is already the name of the cluster in ${first.file}. Rename one of them`
          : `has the same stack and cluster names as ${first.name}, because dots become dashes. Rename one of them`;
      return findingProblems(definition, [{ rule: "name-conflict", path: CLUSTER_NAME, message }]);
    });
  });
}

interface Named {
  readonly file: string;
  readonly name: string;
}

/** Returns those that are reported, each with the other one: all but the first, or the first if it alone is loaded. */
function newcomers(sorted: readonly Named[], loaded: ReadonlyMap<string, unknown>): [Named, Named][] {
  const [first, second] = sorted;
  if (first === undefined || second === undefined) return [];
  const others = sorted.slice(1);
  return others.some(({ file }) => loaded.has(file)) ? others.map((other) => [other, first]) : [[first, second]];
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const there = groups.get(keyOf(item));
    if (there === undefined) groups.set(keyOf(item), [item]);
    else there.push(item);
  }
  return groups;
}
