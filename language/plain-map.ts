/** A map of which nothing else is sure: passed on as it was written, or out of a document. */
export type PlainMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is PlainMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at the end of keys; undefined where something on the way is no map. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((from, key) => (isMap(from) ? from[key] : undefined), value);
}
