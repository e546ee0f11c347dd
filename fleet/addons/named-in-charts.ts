import { isMap } from "../../language/plain-map";

/** Keys whose maps have the names of classes or issuers as keys, such as `storageClasses`. */
const KEYED = /class|issuer/i;

/**
 * Returns the names that values of charts may create: each word of a text, and keys of maps of classes. A name is compared as a whole,
 * because a short one is a part of many texts.
 */
export function namedIn(value: unknown, key = ""): ReadonlySet<string> {
  if (typeof value === "string") return new Set(value.split(/[^\w.-]+/));
  const all = new Set(isMap(value) && KEYED.test(key) ? Object.keys(value) : []);
  if (typeof value !== "object" || value === null) return all;
  for (const [below, each] of Object.entries(value)) for (const name of namedIn(each, below)) all.add(name);
  return all;
}
