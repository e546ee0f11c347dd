import { isDeepStrictEqual } from "node:util";
import { isMap, type PlainMap } from "../../language/plain-map";

/** A value of a release. A list is one value, because Helm does not merge lists. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Returns the leaves of values: everything that is no map, and empty maps. */
export function leavesOf(values: PlainMap, above: readonly string[] = []): readonly Leaf[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = [...above, key];
    return isMap(value) && Object.keys(value).length > 0 ? leavesOf(value, path) : [{ path, value }];
  });
}

/** Returns values without the leaf at a path. The maps above the leaf stay. */
export function withoutLeaf(values: PlainMap, [key = "", ...rest]: Leaf["path"]): PlainMap {
  if (rest.length === 0) return Object.fromEntries(Object.entries(values).filter(([each]) => each !== key));
  const below = values[key];
  return isMap(below) ? { ...values, [key]: withoutLeaf(below, rest) } : values;
}

/** Returns values with another value at the path of a leaf; undefined if there is no other value of its type. */
export function withOtherLeaf(values: PlainMap, { path, value }: Leaf): PlainMap | undefined {
  const other = otherValue(value);
  return other === undefined ? undefined : withLeaf(values, path, other);
}

function withLeaf(values: PlainMap, [key = "", ...rest]: Leaf["path"], value: unknown): PlainMap {
  if (rest.length === 0) return { ...values, [key]: value };
  const below = values[key];
  return isMap(below) ? { ...values, [key]: withLeaf(below, rest, value) } : values;
}

function otherValue(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  return typeof value === "string" && value !== "" ? `${value}-other` : undefined;
}

/** Result of comparing a leaf with the chart's own value at the same path. */
export type Default = "equal" | "other" | "unknown";

/** Compares a leaf with the chart's own values. "unknown": the chart has no such key, and its map there is not open (`{}`). */
export function compareWithDefault({ path, value }: Leaf, defaults: PlainMap): Default {
  let map: unknown = defaults;
  for (const [index, key] of path.entries()) {
    if (!isMap(map)) return "other";
    if (!Object.hasOwn(map, key)) return index > 0 && Object.keys(map).length === 0 ? "other" : "unknown";
    map = map[key];
  }
  return isDeepStrictEqual(map, value) ? "equal" : "other";
}

/**
 * True if a change of values changed a render. Some charts create a random secret in each render: what differs between two renders of
 * the same values does not count.
 */
export function hasEffect(before: string, again: string, after: string): boolean {
  if (before === again) return before !== after;
  return !isDeepStrictEqual(surplus(before, after), surplus(before, again)) || length(after) !== length(before);
}

const length = (text: string): number => text.split("\n").length;

/** Lines of a text that another text does not have, or has less often. */
function surplus(text: string, other: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of other.split("\n")) counts.set(line, (counts.get(line) ?? 0) + 1);
  return text.split("\n").filter((line) => {
    const left = counts.get(line) ?? 0;
    counts.set(line, left - 1);
    return left <= 0;
  });
}
