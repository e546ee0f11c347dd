import { LISTS_WITH_DEFAULTS } from "../../fleet/parse/lists-with-defaults";
import type { Layers } from "../../fleet/read/layers";
import { type ResolvedFile, resolveDefinitions } from "../../fleet/resolve";
import type { Problem } from "../../language/problem";
import { formatPath, type MapTree, type Path, type Source, type Tree } from "../../language/yaml/tree";

/** Values that are left out can make other values useless, but not for long. */
const MOST_ROUNDS = 5;

/**
 * Returns the resolved definition without the values of lower layers that have no effect on the cluster. A definition that sets them
 * itself would be refused, because their author would expect an effect.
 */
export function withEffect(resolved: ResolvedFile, layers: Layers, today: string): MapTree {
  const known = new Set(errorsOf(resolved.problems).map(textOf));
  let tree: MapTree = resolved.tree() as MapTree;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const root = ofFile(tree, resolved.root.source) as MapTree;
    const { file, nameOfFile } = resolved;
    const problems = resolveDefinitions([{ file, nameOfFile, root }], layers, today).flatMap((each) => each.problems);
    const refused = errorsOf(problems).filter((each) => !known.has(textOf(each)));
    if (refused.length === 0) break;
    tree = without(tree, new Set(refused.flatMap(({ path }) => keysBehind(path))));
  }
  return tree;
}

/** Returns the keys that give the value at a path: of an item without a name its list, and of a named one the defaults too. */
function keysBehind(path: string): string[] {
  const list = /^(.*)\[\d+\]$/.exec(path)?.[1];
  if (list !== undefined) return [list];
  const [, name, key] = /^tfvars\.(\w+)\[[^\]]*\]\.(.*)$/.exec(path) ?? [];
  const inherited = LISTS_WITH_DEFAULTS.find((each) => each.list === name);
  return inherited === undefined ? [path] : [path, `tfvars.${inherited.defaults}.${key}`];
}

const errorsOf = (problems: readonly Problem[]): Problem[] => problems.filter(({ severity }) => severity === "error");

const textOf = ({ message, path }: Problem): string => `${path}: ${message}`;

/** Returns a tree as if one file contained it. */
function ofFile(tree: Tree, source: Source): Tree {
  if (tree.kind === "scalar") return { ...tree, source };
  if (tree.kind === "list") return { ...tree, source, items: tree.items.map((item) => ofFile(item, source)) };
  const entries = [...tree.entries].map(
    ([key, entry]) => [key, { ...entry, source, value: ofFile(entry.value, source) }] as const,
  );
  return { ...tree, source, entries: new Map(entries) };
}

/** Returns a tree without the keys at some paths. */
function without(root: MapTree, paths: ReadonlySet<string>): MapTree {
  const kept = (tree: Tree, path: Path): Tree => {
    if (tree.kind === "scalar") return tree;
    if (tree.kind === "list") return { ...tree, items: tree.items.map((item, index) => kept(item, [...path, index])) };
    const entries = [...tree.entries]
      .filter(([key]) => !paths.has(formatPath(root, [...path, key])))
      .map(([key, entry]) => [key, { ...entry, value: kept(entry.value, [...path, key]) }] as const);
    return { ...tree, entries: new Map(entries) };
  };
  return kept(root, []) as MapTree;
}
