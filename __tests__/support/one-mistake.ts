import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { overlapProblems } from "../../fleet/checks/fleet/overlaps";
import { DefinitionFiles, nameOfFile } from "../../fleet/read/files";
import { Layers } from "../../fleet/read/layers";
import { type DefinitionFile, definitionOf } from "../../fleet/read/read-definition";
import { resolveDefinitions } from "../../fleet/resolve";
import { formatProblem } from "../../language/problem";
import { parseYaml } from "../../language/yaml/parse";
import { changedAt, type Entry, type MapTree, type Path, type Tree } from "../../language/yaml/tree";
import { TODAY } from "./definitions";
import { SAMPLE_FLEET } from "./sample-fleet";

/** A sample cluster with one value replaced, and all errors that are reported of it. */
export interface Run {
  readonly what: string;
  readonly errors: readonly string[];
}

/** What stands in place of a value. */
export type Mistake = (place: Pick<Entry, "source" | "offset">) => Tree;

/** A map that no schema has. */
export const map: Mistake = (place) => ({
  kind: "map",
  entries: new Map([["wrong", { value: number(place), ...place }]]),
  ...place,
});

/** A number that no key accepts. */
export const number: Mistake = (place) => ({ kind: "scalar", value: -7.5, text: "-7.5", plain: true, ...place });

/** Replaces each value of each sample cluster, one at a time, and reports every run. */
export function runsWithOneMistake(mistake: Mistake): Run[] {
  const files = new DefinitionFiles(SAMPLE_FLEET, "definitions");
  const layers = new Layers(files);
  const every = files.clusterFiles().map(nameOfFile);
  return files.clusterFiles().flatMap((file) => {
    const parsed = parseYaml(file, readFileSync(file));
    const { root } = parsed;
    if (root?.kind !== "map") throw new Error(`${file} is no map`);
    return pathsOf(root).map((path): Run => {
      const changed = changedAt(root, path, ({ source, offset }) => mistake({ source, offset }));
      return {
        what: `${basename(file)} ${path.join(".")}`,
        errors: errorsOf(file, definitionOf({ ...parsed, root: changed as MapTree }), layers, every),
      };
    });
  });
}

function errorsOf(
  file: string,
  { root, problems }: DefinitionFile,
  layers: Layers,
  every: readonly string[],
): string[] {
  const resolved =
    root === undefined ? [] : resolveDefinitions([{ file, nameOfFile: nameOfFile(file), root }], layers, TODAY);
  return [...problems, ...resolved.flatMap((each) => each.problems), ...overlapProblems(resolved, every)]
    .filter(({ severity }) => severity === "error")
    .map(formatProblem);
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
