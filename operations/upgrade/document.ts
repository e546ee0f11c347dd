import { parse } from "yaml";
import { isMap } from "../../language/plain-map";

/** Returns the document in YAML or JSON that a text contains, such as the values of a Helm release, or else the value itself. */
export function documentIn(value: unknown): unknown {
  if (typeof value !== "string" || !/[\n{[]/.test(value)) return value;
  try {
    const document: unknown = parse(value);
    return isCollection(document) ? document : value;
  } catch {
    return value;
  }
}

/** True for a list or a map. */
export function isCollection(value: unknown): value is object {
  return Array.isArray(value) || isMap(value);
}
