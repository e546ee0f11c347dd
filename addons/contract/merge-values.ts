import { isMap } from "../../language/plain-map";

type Values = Readonly<Record<string, unknown>>;

/** Returns our values with the user's merged over them: maps merge, everything else is replaced, null removes ours. */
export function mergeValues(ours: Values, theirs: Values): Values {
  const merged = new Map(Object.entries(ours));
  for (const [key, value] of Object.entries(theirs)) {
    const own = merged.get(key);
    if (value === null) merged.delete(key);
    else merged.set(key, isMap(own) && isMap(value) ? mergeValues(own, value) : value);
  }
  return Object.fromEntries(merged);
}
