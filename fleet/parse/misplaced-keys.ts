import type { z } from "zod";
import type { Path } from "../../language/yaml/tree";
import { childSchema, itemSchema, knownKeys, schemaAt } from "./introspect";
import { LISTS_WITH_DEFAULTS } from "./lists-with-defaults";
import { SHORTHAND_KEYS } from "./shorthand";

/** Sections that repeat the keys of a list's items: a key belongs to the items. */
const COPIES: ReadonlySet<string> = new Set(LISTS_WITH_DEFAULTS.map(({ defaults }) => defaults));

const places = new WeakMap<z.ZodType, ReadonlyMap<string, readonly Path[]>>();

/** Returns the maps of a schema that have each key, by the key; `*` is an item of a list. */
function placesOf(schema: z.ZodType): ReadonlyMap<string, readonly Path[]> {
  const known = places.get(schema);
  if (known !== undefined) return known;
  const found = new Map<string, Path[]>();
  const add = (key: string, path: Path): void => {
    found.set(key, [...(found.get(key) ?? []), path]);
  };
  const visit = (at: z.ZodType, path: Path): void => {
    const item = itemSchema(at);
    const keys = knownKeys(at);
    for (const key of keys ?? []) {
      if (COPIES.has(key) && path.length === 1) continue;
      add(key, path);
      const child = childSchema(at, key);
      if (child !== undefined) visit(child, [...path, key]);
    }
    if (keys === undefined && item !== undefined) visit(item, [...path, "*"]);
  };
  visit(schema, []);
  for (const [map, keys] of Object.entries(SHORTHAND_KEYS)) {
    const path = map.split(".");
    if (!COPIES.has(path[1] ?? "")) for (const key of keys) add(key, path);
  }
  places.set(schema, found);
  return found;
}

/** Where an unknown key belongs. */
export interface RightPlace {
  /** The map that has the key; `*` for an item of a list. */
  readonly map: Path;
}

/**
 * Returns the place of a key that another map has: a map around it, the only one below it, or the only one of the schema.
 *
 * @param map path of the map that the key is in
 */
export function rightPlace(schema: z.ZodType, map: Path, key: string): RightPlace | undefined {
  const around = map
    .map((_, length) => map.slice(0, length))
    .findLast((path) => path.length > 0 && (knownKeys(schemaAt(schema, path)) ?? []).includes(key));
  if (around !== undefined) return { map: around };
  const all = placesOf(schema).get(key) ?? [];
  const here = patternOf(map);
  const inside = all.filter((path) => path.length > here.length && here.every((step, index) => path[index] === step));
  const [below, another] = nearest(inside);
  if (below !== undefined) return another === undefined ? { map: [...map, ...below.slice(here.length)] } : undefined;
  const [only, ...others] = nearest(all);
  const isUnclear = only === undefined || others.length > 0 || (all.length > 1 && only.length > 1);
  return isUnclear || isAboutOneAddon(only) || isAboutOneAddon(here) ? undefined : { map: only };
}

/** Returns a path with `*` for positions in lists, and with the list in place of its defaults. */
function patternOf(map: Path): Path {
  const pattern = map.map((step) => (typeof step === "number" ? "*" : step));
  const [root, section = ""] = pattern;
  const list = LISTS_WITH_DEFAULTS.find(({ defaults }) => defaults === section)?.list;
  return list === undefined || root === undefined ? pattern : [root, list, "*", ...pattern.slice(2)];
}

/** True for a map in an addon's section, where a word has the addon's meaning. */
function isAboutOneAddon(map: Path): boolean {
  return map[1] === "addons" && map.length > 2;
}

/** Returns the places that are the fewest steps away. */
function nearest(paths: readonly Path[]): readonly Path[] {
  const least = Math.min(...paths.map(({ length }) => length));
  return paths.filter(({ length }) => length === least);
}
