import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { overlapProblems } from "../../fleet/checks/fleet/overlaps";
import { DefinitionFiles, nameOfFile } from "../../fleet/read/files";
import { Layers } from "../../fleet/read/layers";
import { type DefinitionFile, definitionOf } from "../../fleet/read/read-definition";
import { resolveDefinitions } from "../../fleet/resolve";
import type { ResolvedDefinition } from "../../fleet/rules/resolved-definition";
import { formatProblem } from "../../language/problem";
import { parseYaml } from "../../language/yaml/parse";
import { changedAt, type Entry, type MapTree, type Path, type Tree } from "../../language/yaml/tree";
import { TODAY } from "./definitions";
import { oneOfEvery } from "./jest/cases";
import { SAMPLE_FLEET } from "./sample-fleet";

/** A sample cluster with one value replaced, and all errors that are reported of it. */
export interface Run {
  readonly what: string;
  readonly errors: readonly string[];
}

/** Returns the tree that replaces a value. */
export type Mistake = (place: Pick<Entry, "source" | "offset">) => Tree;

/** A map that no schema has. */
export const map: Mistake = (place) => ({
  kind: "map",
  entries: new Map([["wrong", { value: number(place), ...place }]]),
  ...place,
});

/** A number that no key accepts. */
export const number: Mistake = (place) => ({ kind: "scalar", value: -7.5, text: "-7.5", plain: true, ...place });

/** Replaces each value of each sample cluster, or in `make test` some, one at a time, and reports every run. */
export function runsWithOneMistake(mistake: Mistake): Run[] {
  const files = new DefinitionFiles(SAMPLE_FLEET, "definitions");
  const layers = new Layers(files);
  const every = files.clusterFiles().map(nameOfFile);
  return files.clusterFiles().flatMap((file) => {
    const parsed = parseYaml(file, readFileSync(file));
    const { root } = parsed;
    if (root?.kind !== "map") throw new Error(`${file} is no map`);
    const paths = oneOfEvery(60, pathsOf(root));
    const read = paths.map((path) => {
      const changed = changedAt(root, path, ({ source, offset }) => mistake({ source, offset }));
      return definitionOf({ ...parsed, root: changed as MapTree });
    });
    const resolved = resolvedInTurn(file, read, layers);
    return paths.map((path, index): Run => {
      const own = resolved[index] === undefined ? [] : [resolved[index]];
      const problems = [...(read[index]?.problems ?? []), ...own.flatMap((each) => each.problems)];
      return {
        what: `${basename(file)} ${path.join(".")}`,
        errors: [...problems, ...overlapProblems(own, every)]
          .filter(({ severity }) => severity === "error")
          .map(formatProblem),
      };
    });
  });
}

/** Resolves all at once, which is faster than one after another; undefined for one that cannot be read. */
function resolvedInTurn(
  file: string,
  read: readonly DefinitionFile[],
  layers: Layers,
): readonly (ResolvedDefinition | undefined)[] {
  const roots = read.flatMap(({ root }) => (root === undefined ? [] : [{ file, nameOfFile: nameOfFile(file), root }]));
  const resolved = resolveDefinitions(roots, layers, TODAY).values();
  return read.map(({ root }) => (root === undefined ? undefined : resolved.next().value));
}

/** Returns the paths of all values below a tree: maps, lists, their items, and scalars. */
function pathsOf(tree: Tree, path: Path = []): Path[] {
  const below: (readonly [string | number, Tree])[] =
    tree.kind === "map"
      ? [...tree.entries].map(([key, { value }]) => [key, value] as const)
      : tree.kind === "list"
        ? tree.items.map((item, index) => [index, item] as const)
        : [];
  return below.flatMap(([step, value]) => [[...path, step], ...pathsOf(value, [...path, step])]);
}
