import { Lines } from "./lines";
import type { MapTree, Source, Tree } from "./tree";

/** The source of values that are in no file. */
const NOWHERE: Source = { file: "", lines: new Lines("") };

/** Returns a tree that is in no file, from maps and text. */
export function treeOf(value: { readonly [key: string]: unknown }): MapTree {
  const entries = Object.entries(value).map(
    ([key, child]) => [key, { value: childOf(child), source: NOWHERE, offset: 0 }] as const,
  );
  return { kind: "map", entries: new Map(entries), source: NOWHERE, offset: 0 };
}

function childOf(value: unknown): Tree {
  if (typeof value === "object" && value !== null) return treeOf(value as { readonly [key: string]: unknown });
  const text = String(value);
  return { kind: "scalar", value: text, text, plain: true, source: NOWHERE, offset: 0 };
}

/** True if the program created the value. */
export function standsNowhere({ source }: Tree): boolean {
  return source === NOWHERE;
}

/** Returns a tree as plain maps, lists and values. */
export function plainValue(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(plainValue);
  return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, plainValue(value)]));
}
