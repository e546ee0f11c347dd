import { type Entry, itemName, LaidEntries, type ListTree, type MapTree, type Tree } from "./tree";

/**
 * Lays one value over another. Maps merge; a list whose items all have a `name` merges by name, new ones at the end; every
 * other list and every scalar is replaced. Each value that gives way is remembered as `overrode`.
 */
export function layOver(under: Tree | undefined, over: Tree): Tree {
  if (under === undefined) return over;
  // A value that replaced another one also replaces whatever lies below that.
  if (over.overrode !== undefined) return { ...over, overrode: layOver(under, over.overrode) };
  if (under.kind === "map" && over.kind === "map") return mergeMaps(under, over);
  if (under.kind === "list" && over.kind === "list" && mergesByName(under) && mergesByName(over))
    return mergeLists(under, over);
  // The new key first: V8 copies a map ten times faster than it adds a key to the copy, and this is what a load does most.
  return { overrode: under, ...over };
}

/** An empty list has no names: over another list it empties it, under another it adds nothing. */
function mergesByName(list: ListTree): boolean {
  return list.items.length > 0 && list.items.every((item) => itemName(item) !== undefined);
}

function mergeMaps(under: MapTree, over: MapTree): MapTree {
  if (over.entries.size === 0) return { ...under, source: over.source, offset: over.offset };
  const changed = new Map<string, Entry>();
  for (const [key, entry] of over.entries) {
    const below = under.entries.get(key);
    changed.set(key, below === undefined ? entry : { ...entry, value: layOver(below.value, entry.value) });
  }
  return { ...over, entries: new LaidEntries(under, changed) };
}

function mergeLists(under: ListTree, over: ListTree): ListTree {
  const byName = new Map(under.items.map((item) => [itemName(item), item]));
  for (const item of over.items) byName.set(itemName(item), layOver(byName.get(itemName(item)), item));
  return { ...over, items: [...byName.values()] };
}
