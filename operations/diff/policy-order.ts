import { isMap, type PlainMap } from "../../language/plain-map";
import { policyKeyOf } from "../policies/policy-keys";
import { jsonOf } from "./values";

/**
 * Returns arguments in which each policy with the same meaning as before has its earlier text: AWS and the provider ignore the order of
 * statements, and of actions and resources in them.
 */
export function withSamePolicies(type: string, before: PlainMap, after: PlainMap): PlainMap {
  const key = policyKeyOf(type)?.key;
  if (key === undefined) return after;
  const [old, now] = [before[key], after[key]];
  const isSame = typeof old === "string" && typeof now === "string" && old !== now && isSamePolicy(old, now);
  return isSame ? { ...after, [key]: old } : after;
}

function isSamePolicy(before: string, after: string): boolean {
  const [old, now] = [jsonOf(before), jsonOf(after)];
  return isMap(old) && isMap(now) && orderedText(old) === orderedText(now);
}

/** Every list of a policy is a set, and one item needs no list. */
function orderedText(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.map(orderedText).sort();
    return items.length === 1 ? String(items[0]) : `[${items.join()}]`;
  }
  if (!isMap(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${orderedText(item)}`).join()}}`;
}
