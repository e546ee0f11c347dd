/** A map of which nothing else is sure: passed on as it was written, or out of a document. */
export type PlainMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is PlainMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns the value at a path of keys; undefined if something on the path is not a map. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((from, key) => (isMap(from) ? from[key] : undefined), value);
}
