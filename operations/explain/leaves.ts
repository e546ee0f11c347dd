import type { MapTree, Path, Tree } from "../../language/yaml/tree";

/** A value that is changed as a whole: a scalar, a list without maps, or a map or list without content. */
export interface Leaf {
  readonly path: Path;
  /** Undefined if no layer sets it. */
  readonly tree: Tree | undefined;
}

/** Returns the leaves of a tree, in its order. */
export function leavesOf(tree: Tree, path: Path = []): (Leaf & { readonly tree: Tree })[] {
  if (tree.kind === "map" && tree.entries.size > 0)
    return [...tree.entries].flatMap(([key, { value }]) => leavesOf(value, [...path, key]));
  if (tree.kind === "list" && tree.items.some(({ kind }) => kind !== "scalar"))
    return tree.items.flatMap((item, index) => leavesOf(item, [...path, index]));
  return [{ path, tree }];
}

/** Returns a function that returns the paths of the merged definition at which a written leaf is: items of lists inherit defaults. */
export function placesOfLeaves(whole: MapTree): (leaf: Leaf) => readonly Path[] {
  const places = new Map<Tree, Path[]>();
  for (const { path, tree } of leavesOf(whole)) places.set(tree, [...(places.get(tree) ?? []), path]);
  return ({ path, tree }) => [path, ...((tree && places.get(tree)) ?? []).filter((each) => !isSame(each, path))];
}

export function isSame(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

/** True if a path is another one or below it. */
export function isWithin(path: Path, outer: Path): boolean {
  return outer.length <= path.length && outer.every((step, index) => step === path[index]);
}
