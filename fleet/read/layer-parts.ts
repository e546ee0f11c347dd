import { layOver } from "../../language/yaml/merge";
import type { MapTree } from "../../language/yaml/tree";

/** What is said of every cluster: all that a definition may hold. */
export function definitionPart(defaults: MapTree): MapTree {
  return { ...defaults, entries: new Map([...defaults.entries].filter(([key]) => key === "meta" || key === "tfvars")) };
}

/** What is said of every account; undefined where that cannot be read. */
export function accountDefaults(defaults: MapTree): MapTree | undefined {
  const part = defaults.entries.get("account_defaults")?.value;
  return part?.kind === "map" ? part : undefined;
}

/** What a layer's file lays under a cluster. */
export function layeredPart(root: MapTree): MapTree {
  const tfvars = root.entries.get("tfvars");
  return { ...root, entries: new Map(tfvars === undefined ? [] : [["tfvars", tfvars]]) };
}

export function layMapOver(under: MapTree, over: MapTree): MapTree {
  const merged = layOver(under, over);
  return merged.kind === "map" ? merged : over;
}
