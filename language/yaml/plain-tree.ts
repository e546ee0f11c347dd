import { LineCounter } from "yaml";
import type { MapTree, Source, Tree } from "./tree";

/** What stands in no file. */
const NOWHERE: Source = { file: "", lines: new LineCounter() };

/** A tree that stands in no file, from maps and text. */
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

/** Whether a value was made up by the program. */
export function standsNowhere({ source }: Tree): boolean {
  return source === NOWHERE;
}
