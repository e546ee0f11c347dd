import { isMap, type PlainMap } from "../../language/plain-map";

/** Readers of JSON without a schema, because a plan may contain anything anywhere. */

export type Json = PlainMap;

/** Returns a key's value; undefined if the value is not a map, or has no such key. */
export function field(value: unknown, key: string): unknown {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Returns the value at a path of keys and indexes; undefined if there is none. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (found, step) => (typeof step === "number" ? (Array.isArray(found) ? found[step] : undefined) : field(found, step)),
    value,
  );
}

export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Returns the texts of a list. */
export function texts(value: unknown): string[] {
  return items(value).filter((each): each is string => typeof each === "string");
}

/** Deeper values than these are not distinguished: a walk through them could exhaust the stack. */
const DEEPEST = 64;

/** Returns JSON whose maps are in order of their keys, so that equal values give equal text. */
export function stableText(value: unknown, depth = 0): string {
  if (depth > DEEPEST) return '"…"';
  if (Array.isArray(value)) return `[${value.map((each) => stableText(each, depth + 1)).join(",")}]`;
  if (!isMap(value)) return JSON.stringify(value) ?? "null";
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${stableText(value[key], depth + 1)}`);
  return `{${entries.join(",")}}`;
}
