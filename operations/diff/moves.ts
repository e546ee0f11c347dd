import { isMap } from "../../language/plain-map";
import type { Resource, StackContent } from "../resources/resource";

/** New address -> the address that the state has before the moves. */
export type Origins = ReadonlyMap<string, string>;

/**
 * Returns the moved addresses, including chains of `moved` blocks. A move counts only if the state has the old address, and the new version
 * does not.
 */
export function originsOf(before: StackContent, after: StackContent): Origins {
  if (after.moved.length === 0) return new Map();
  const earlier = new Set(before.resources.map(({ address }) => address));
  const later = new Set(after.resources.map(({ address }) => address));
  const sources = new Map(after.moved.map(({ from, to }) => [to, from]));
  const origins = new Map<string, string>();
  for (const address of later) {
    if (earlier.has(address)) continue;
    const passed = new Set<string>();
    let from = sources.get(address);
    while (from !== undefined && !earlier.has(from) && !passed.has(from)) {
      passed.add(from);
      from = sources.get(from);
    }
    if (from !== undefined && earlier.has(from) && !later.has(from)) origins.set(address, from);
  }
  return origins;
}

/** The type and the name with which a reference to a resource begins. */
const ADDRESS = /(?<![\w.-])[\w-]+\.[\w-]+/g;

/** Returns a version in which references name what moves by its new address: a move alone changes no value. */
export function withNewAddresses(content: StackContent, origins: Origins): StackContent {
  if (origins.size === 0) return content;
  const targets = new Map([...origins].map(([to, from]) => [from, to]));
  const renamed = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll(ADDRESS, (address) => targets.get(address) ?? address);
    if (Array.isArray(value)) return value.map(renamed);
    if (!isMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item)]));
  };
  return {
    ...content,
    resources: content.resources.map(
      (each): Resource => ({
        ...each,
        body: renamed(each.body) as Resource["body"],
        meta: renamed(each.meta) as Resource["meta"],
      }),
    ),
    outputs: renamed(content.outputs) as StackContent["outputs"],
    providers: renamed(content.providers) as StackContent["providers"],
  };
}
