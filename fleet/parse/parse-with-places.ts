import type { z } from "zod";
import type { Problem } from "../../language/problem";
import { standsNowhere } from "../../language/yaml/plain-tree";
import {
  childOf,
  descend,
  formatPath,
  type MapTree,
  type Path,
  type Tree,
  withEntries,
} from "../../language/yaml/tree";
import { parseParts } from "./parse-parts";
import { meantKeys, schemaProblems } from "./problems";

export interface Parsed<Schema extends z.ZodType> {
  /** Undefined where not even the mended tree makes a value. */
  readonly value: z.output<Schema> | undefined;
  /** What the value was made from: without items that were refused, so that an index finds the same item in both. */
  readonly tree: Tree;
  readonly problems: readonly Problem[];
  /** Paths whose value was refused and replaced by a lower layer's, so that the rest can still be checked. */
  readonly mended: readonly string[];
}

export interface ParseOptions {
  /** What stands in for values that everybody has to give, so that the rest can be checked where they are missing. */
  readonly placeholders?: Tree;
  /** The file that lies over all others: what is missing is missing there. */
  readonly own?: Tree;
}

/** A lower layer's value may be refused too, and theirs below it: a few rounds reach the bottom. */
const MOST_ROUNDS = 8;

/**
 * Parses a tree by a schema. What is refused is reported with its place and mended (the lower layer's value comes back, an
 * unknown key goes, what is missing is taken from `placeholders`), because one run must tell of every problem, not only of
 * those before the first.
 */
export function parseWithPlaces<Schema extends z.ZodType>(
  root: Tree,
  schema: Schema,
  { placeholders, own = root }: ParseOptions = {},
): Parsed<Schema> {
  let tree = root;
  const mended: string[] = [];
  const problems: Problem[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const result = parseParts(schema, tree, own.source);
    if (result.success) return { value: result.data, tree, problems, mended };
    const { issues } = result;
    const told = round === 0 ? issues : issues.filter(({ path }) => isNews(tree, path as Path, mended));
    problems.push(...schemaProblems(tree, schema, told, own));
    const seen = tree;
    let gone: Path = [];
    // From the last to the first: taking out an item moves only those behind it.
    for (const issue of [...issues].reverse()) {
      const path = issue.path as Path;
      // What more is wrong with an item went with it; its index is another's now.
      if (gone.length > 0 && gone.every((step, place) => step === path[place])) continue;
      if (issue.code === "unrecognized_keys") {
        for (const key of issue.keys) mended.push(formatPath(seen, [...path, key]));
        mended.push(...meantKeys(schema, issue).map((meant) => formatPath(seen, meant)));
        tree = withoutKeys(tree, path, issue.keys);
      } else if (issue.code === "too_big" && issue.origin === "array") {
        // Nothing is wrong with the items that may be there, and what is has to be told too.
        tree = changedAt(tree, path, (list) => shortened(list, Number(issue.maximum)));
      } else {
        mended.push(formatPath(seen, path));
        const mendedTree = mend(tree, path, placeholders) ?? tree;
        gone = lostItem(tree, mendedTree, path);
        tree = mendedTree;
      }
    }
  }
  return { value: undefined, tree: root, problems, mended };
}

/** What is missing or empty after the first round is so because something was taken out, and a placeholder is nobody's. */
function isNews(tree: Tree, path: Path, mended: readonly string[]): boolean {
  const found = descend(tree, path);
  const written = formatPath(tree, path);
  return found.complete && !standsNowhere(found.tree) && !mended.some((bad) => isWithin(bad, written));
}

/** Takes unknown keys out, all at once: a file may have thousands. */
function withoutKeys(tree: Tree, path: Path, keys: readonly string[]): Tree {
  const gone = Object.fromEntries(keys.map((key) => [key, undefined]));
  return changedAt(tree, path, (map) => (map.kind === "map" ? withEntries(map, gone) : map));
}

function shortened(list: Tree, most: number): Tree {
  return list.kind === "list" ? { ...list, items: list.items.slice(0, most) } : list;
}

/** The tree with the value at a path changed, if there is one. */
function changedAt(tree: Tree, [step, ...rest]: Path, change: (value: Tree) => Tree): Tree {
  if (step === undefined) return change(tree);
  if (tree.kind === "list") {
    const items = tree.items.map((item, index) => (index === step ? changedAt(item, rest, change) : item));
    return { ...tree, items };
  }
  const entry = tree.kind === "map" ? tree.entries.get(String(step)) : undefined;
  if (tree.kind !== "map" || entry === undefined) return tree;
  return withEntries(tree, { [step]: { ...entry, value: changedAt(entry.value, rest, change) } });
}

/** The tree with the value at a path given back to the lower layer; undefined where it has to go altogether. */
function mend(tree: Tree, path: Path, placeholder: Tree | undefined): Tree | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return tree.overrode;
  const below = placeholder === undefined ? undefined : childOf(placeholder, step);
  if (tree.kind === "map") return mendEntry(tree, String(step), rest, below);
  if (tree.kind !== "list" || typeof step !== "number") return tree;
  // An item that lacks what it needs cannot be made up: it is left out of the checks.
  const items = tree.items.flatMap((item, index) => {
    if (index !== step) return item;
    return rest.length > 0 && !descend(item, rest).complete ? [] : (mend(item, rest, below) ?? []);
  });
  return { ...tree, items };
}

/** The path of the item that a list on the way lost; empty where none did. */
function lostItem(before: Tree, after: Tree, path: Path): Path {
  for (let length = 0; length < path.length; length += 1) {
    const [list, left] = [before, after].map((tree) => descend(tree, path.slice(0, length)));
    if (list?.tree.kind !== "list" || left?.tree.kind !== "list") continue;
    if (left.tree.items.length < list.tree.items.length) return path.slice(0, length + 1);
  }
  return [];
}

function mendEntry(map: MapTree, key: string, rest: Path, placeholder: Tree | undefined): MapTree {
  const entry = map.entries.get(key);
  if (entry === undefined) {
    if (placeholder === undefined) return map;
    return withEntries(map, { [key]: { value: placeholder, source: map.source, offset: map.offset } });
  }
  const value = mend(entry.value, rest, placeholder) ?? placeholder;
  return withEntries(map, { [key]: value === undefined ? undefined : { ...entry, value } });
}

/** Whether a path lies at or below one that was mended, or is a list's that lost an item: what is wrong there has been said. */
export function isMended(mended: readonly string[], path: string): boolean {
  return mended.some((bad) => isWithin(path, bad) || bad.startsWith(`${path}[`));
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}
