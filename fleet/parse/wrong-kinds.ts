import { z } from "zod";
import { changedAt, descend, type Path, type Tree } from "../../language/yaml/tree";
import { childSchema, innermost } from "./introspect";

/** Returns the paths of values that stand in place of a map or of a list of maps, and are neither that nor null. */
export function wrongKinds(schema: z.ZodType, tree: Tree, path: Path = []): readonly Path[] {
  if (tree.kind === "scalar" && tree.value === null) return [];
  const inner = innermost(schema);
  if (inner instanceof z.ZodObject) {
    if (tree.kind !== "map") return [path];
    return [...tree.entries].flatMap(([key, { value }]) => {
      const child = childSchema(inner, key);
      return child === undefined ? [] : wrongKinds(child, value, [...path, key]);
    });
  }
  if (!(inner instanceof z.ZodArray) || !(innermost(inner.element as z.ZodType) instanceof z.ZodObject)) return [];
  if (tree.kind !== "list") return [path];
  return tree.items.flatMap((item, index) => wrongKinds(inner.element as z.ZodType, item, [...path, index]));
}

/** Returns a tree without the values at these paths, which are in its order. A value that one of them replaced comes back. */
export function withoutValues(tree: Tree, paths: readonly Path[]): Tree {
  return paths.reduceRight((left, path) => without(left, path), tree);
}

function without(tree: Tree, path: Path): Tree {
  const last = path.at(-1);
  const { overrode } = descend(tree, path).tree;
  if (overrode !== undefined) return changedAt(tree, path, () => overrode);
  return changedAt(tree, path.slice(0, -1), (around) => {
    if (around.kind === "list") return { ...around, items: around.items.filter((_, index) => index !== last) };
    if (around.kind !== "map") return around;
    return { ...around, entries: new Map([...around.entries].filter(([key]) => key !== last)) };
  });
}
