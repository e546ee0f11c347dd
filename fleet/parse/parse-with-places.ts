import type { z } from "zod";
import type { Problem } from "../../language/problem";
import { withRefusals } from "../../language/refused";
import { standsNowhere } from "../../language/yaml/plain-tree";
import {
  changedAt,
  childOf,
  descend,
  type MapTree,
  type Path,
  type Source,
  type Tree,
  withEntries,
} from "../../language/yaml/tree";
import { LostItems } from "./lost-items";
import { OwnParts, parseParts } from "./parse-parts";
import { schemaProblems } from "./problems";
import { meantKeys } from "./unknown-keys";

export interface Parsed<Schema extends z.ZodType> {
  /**
   * Undefined where no value can be made even without what was refused. What was refused is in its place, and throws
   * `RefusedValue` when it is read.
   */
  readonly value: z.output<Schema> | undefined;
  readonly problems: readonly Problem[];
}

export interface ParseOptions {
  /** Values in place of required ones that are missing, so that the other values can still be checked. */
  readonly placeholders?: Tree;
  /** The file that lies over all others: what is missing is missing there. */
  readonly own?: Tree;
  /** True for a part of a definition: another layer may have what is missing. */
  readonly partial?: boolean;
  /** Paths of further refused values, whatever is there; missing values below them are not reported. */
  readonly refused?: readonly Path[];
}

/** A lower layer's value may be refused too, and theirs below it: a few rounds reach the bottom. */
const MOST_ROUNDS = 8;

/**
 * Parses a tree by a schema. A refused value is reported with its place, and set aside (the lower layer's value is used again, an
 * unknown key is removed, a missing value comes from `placeholders`), because one run must report every problem, not only those
 * before the first.
 */
export function parseWithPlaces<Schema extends z.ZodType>(
  root: Tree,
  schema: Schema,
  { placeholders, own = root, partial = false, refused: known = [] }: ParseOptions = {},
): Parsed<Schema> {
  let tree = root;
  const refused: Path[] = [...known];
  const lost = new LostItems();
  const problems: Problem[] = [];
  const ownParts = new OwnParts(own.source);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const result = parseParts(schema, tree, ownParts);
    if (result.success) return { value: withRefusals(result.data, refused), problems };
    const { issues } = result;
    const written = lost.places();
    const news = issues.filter((issue) => {
      const path = issue.path as Path;
      if (round === 0) return isThere(tree, path) || !known.some((each) => isWithin(path, each));
      return isThere(tree, path) && !refused.some((each) => isWithin(each, written(path)));
    });
    problems.push(...schemaProblems(tree, schema, news, { own, partial }));
    let gone: Path = [];
    // From the last to the first: taking out an item moves only those behind it.
    for (const issue of [...issues].reverse()) {
      const path = issue.path as Path;
      // Further issues of the item are gone with it; its index is another item's now.
      if (gone.length > 0 && gone.every((step, place) => step === path[place])) continue;
      if (issue.code === "unrecognized_keys") {
        const { tree: map } = descend(tree, path);
        const file = map.kind === "map" ? map.entries.get(issue.keys[0] ?? "")?.source : undefined;
        refused.push(
          ...issue.keys.map((key) => written([...path, key])),
          ...meantKeys(tree, schema, issue).map(written),
        );
        tree = withoutKeys(tree, path, issue.keys);
        if (path.length === 0 || !hasOnly(map, file, issue.keys)) continue;
        refused.push(written(path));
        const position = path.at(-1);
        if (typeof position !== "number") continue;
        lost.add(written(path));
        tree = changedAt(tree, path.slice(0, -1), (list) => withoutItem(list, position));
        gone = path;
      } else if (issue.code === "too_big" && issue.origin === "array") {
        // Nothing is wrong with the items that may be there, and what is has to be reported too.
        tree = changedAt(tree, path, (list) => shortened(list, Number(issue.maximum)));
      } else {
        const mended = mend(tree, path, placeholders) ?? tree;
        gone = lostItem(tree, mended, path);
        if (gone.length > 0) lost.add(written(gone));
        refused.push(...[gone.length > 0 ? gone : path, ...emptyMapAround(tree, own, path)].map(written));
        if (
          issue.code === "invalid_key" &&
          hasOnly(descend(tree, path.slice(0, -1)).tree, own.source, [String(path.at(-1))])
        )
          refused.push(written(path.slice(0, -1)));
        tree = mended;
      }
    }
  }
  return { value: undefined, problems };
}

/** True if a file has the value at a path: after the first round, others are missing because something was taken out. */
function isThere(tree: Tree, path: Path): boolean {
  const found = descend(tree, path);
  return found.complete && !standsNowhere(found.tree);
}

/** True if a file has only these keys of a map: then the purpose of the map is unknown. */
function hasOnly(map: Tree, file: Source | undefined, keys: readonly string[]): boolean {
  return map.kind === "map" && [...map.entries].every(([key, { source }]) => source !== file || keys.includes(key));
}

/** Returns the path of the nearest map around a missing key that the file has, if the file has no key of the map. */
function emptyMapAround(tree: Tree, { source }: Tree, path: Path): Path[] {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const around = path.slice(0, length);
    const { complete, tree: map } = descend(tree, around);
    if (complete && map.source === source) return hasOnly(map, source, []) ? [around] : [];
  }
  return [];
}

/** Removes unknown keys, all at once: a file may have thousands. */
function withoutKeys(tree: Tree, path: Path, keys: readonly string[]): Tree {
  const gone = Object.fromEntries(keys.map((key) => [key, undefined]));
  return changedAt(tree, path, (map) => (map.kind === "map" ? withEntries(map, gone) : map));
}

function withoutItem(list: Tree, position: number): Tree {
  return list.kind === "list" ? { ...list, items: list.items.filter((_, index) => index !== position) } : list;
}

function shortened(list: Tree, most: number): Tree {
  return list.kind === "list" ? { ...list, items: list.items.slice(0, most) } : list;
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

/** True if a path is another or leads to what is below it. */
function isWithin(path: Path, outer: Path): boolean {
  return outer.length <= path.length && outer.every((step, index) => step === path[index]);
}
