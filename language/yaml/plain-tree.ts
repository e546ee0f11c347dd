import { Lines } from "./lines";
import type { MapTree, Source, Tree } from "./tree";

/** The source of values that are in no file. */
const NOWHERE: Source = { file: "", lines: new Lines("") };

/** Returns a tree that is in no file, or at the top of `file`, from plain values. */
export function treeOf(value: { readonly [key: string]: unknown }, file?: string): MapTree {
  return mapOf(value, file === undefined ? NOWHERE : { file, lines: NOWHERE.lines });
}

function mapOf(value: { readonly [key: string]: unknown }, source: Source): MapTree {
  const entries = Object.entries(value).map(
    ([key, child]) => [key, { value: childOf(child, source), source, offset: 0 }] as const,
  );
  return { kind: "map", entries: new Map(entries), source, offset: 0 };
}

function childOf(value: unknown, source: Source): Tree {
  if (Array.isArray(value))
    return { kind: "list", items: value.map((item) => childOf(item, source)), source, offset: 0 };
  if (typeof value === "object" && value !== null) return mapOf(value as { readonly [key: string]: unknown }, source);
  const scalar = value as string | number | boolean | null;
  return {
    kind: "scalar",
    value: scalar,
    text: String(scalar),
    plain: source === NOWHERE || typeof value !== "string",
    source,
    offset: 0,
  };
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
