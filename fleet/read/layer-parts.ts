import { layOver } from "../../language/yaml/merge";
import type { MapTree } from "../../language/yaml/tree";

/** Returns the defaults of clusters: everything that a definition may contain. */
export function definitionPart(defaults: MapTree): MapTree {
  return { ...defaults, entries: new Map([...defaults.entries].filter(([key]) => key === "meta" || key === "tfvars")) };
}

/** Returns the defaults of accounts; undefined if they cannot be read. */
export function accountDefaults(defaults: MapTree): MapTree | undefined {
  const part = defaults.entries.get("account_defaults")?.value;
  return part?.kind === "map" ? part : undefined;
}

/** Returns the part of a layer's file that clusters inherit. */
export function layeredPart(root: MapTree): MapTree {
  const tfvars = root.entries.get("tfvars");
  return { ...root, entries: new Map(tfvars === undefined ? [] : [["tfvars", tfvars]]) };
}

export function layMapOver(under: MapTree, over: MapTree): MapTree {
  const merged = layOver(under, over);
  return merged.kind === "map" ? merged : over;
}
