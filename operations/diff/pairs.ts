import { isSameValue } from "../../language/plain-map";
import type { Resource, StackContent } from "../resources/resource";
import type { Origins } from "./moves";

/** The same resource in both versions. */
export interface Pair {
  readonly address: string;
  readonly before: Resource;
  readonly after: Resource;
  readonly from?: string;
  /** True if all arguments of both versions are written alike. What they refer to may change. */
  readonly isSame: boolean;
}

/** Pairs the resources of both versions by their addresses, after moves. */
export function paired(before: StackContent, after: StackContent, origins: Origins) {
  const later = new Map(after.resources.map((resource) => [resource.address, resource]));
  const earlier = new Map(before.resources.map((resource) => [resource.address, resource]));
  const moved = new Set(origins.values());
  const pairs: Pair[] = [];
  const added: Resource[] = [];
  for (const [address, resource] of later) {
    const from = origins.get(address);
    const origin = earlier.get(from ?? address);
    if (origin !== undefined)
      pairs.push({
        address,
        before: origin,
        after: resource,
        ...(from !== undefined && { from }),
        isSame: isSameValue(origin.body, resource.body) && isSameValue(origin.meta, resource.meta),
      });
    else if (resource.mode === "managed") added.push(resource);
  }
  const gone = before.resources.filter(
    ({ address, mode }) => mode === "managed" && !later.has(address) && !moved.has(address),
  );
  return { added, gone, pairs };
}
