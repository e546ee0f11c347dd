/** A map of which nothing else is sure: passed on as it was written, or out of a document. */
export type PlainMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is PlainMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keys that the documentation of Kubernetes and containerd writes first, so that files in that order keep their text. */
const FIRST = ["name", "type", "soft", "hard", "cpu", "memory"];

function rank(key: string): number {
  const place = FIRST.indexOf(key);
  return place < 0 ? FIRST.length : place;
}

/** Returns a value with the keys of its maps in one order, so that their order in a file changes no text that is made of it. */
export function inKeyOrder<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(inKeyOrder) as Value;
  if (!isMap(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, inKeyOrder(each)])) as Value;
}

/** True if two values of a document are the same, whatever the order of the keys in their maps. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isSameValue(item, b[index]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSameValue(a[key], b[key]))
  );
}

/** Returns a value by a key that may be `constructor` or `toString`, which every object inherits. */
export function ownValue<Value>(map: Readonly<Partial<Record<string, Value>>>, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Returns the value at a path of keys; undefined if a map on the path does not have the key, or something on it is not a map. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((from, key) => (isMap(from) ? ownValue(from, key) : undefined), value);
}
