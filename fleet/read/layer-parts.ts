import type { Problem } from "../../language/problem";
import { layOver } from "../../language/yaml/merge";
import { descend, type MapTree, type Tree, withEntries } from "../../language/yaml/tree";
import { writtenOut } from "./read-definition";

/** Returns the defaults of clusters: everything that a definition may contain. */
export function definitionPart(defaults: MapTree): MapTree {
  return { ...defaults, entries: new Map([...defaults.entries].filter(([key]) => key === "meta" || key === "tfvars")) };
}

/** Returns the defaults of accounts or tiers; undefined if they cannot be read. */
export function ownDefaults(defaults: MapTree, kind: "account" | "tier"): MapTree | undefined {
  const part = defaults.entries.get(`${kind}_defaults`)?.value;
  return part?.kind === "map" ? part : undefined;
}

/** Returns the part of a layer's file that clusters inherit. */
export function layeredPart(root: MapTree): MapTree {
  const tfvars = root.entries.get("tfvars");
  return { ...root, entries: new Map(tfvars === undefined ? [] : [["tfvars", tfvars]]) };
}

/** Returns the layers that are the values of a map, with their shorthands written out. */
export function partsOf(
  map: Tree | undefined,
  prefix: string,
): { readonly parts: ReadonlyMap<string, MapTree>; readonly problems: readonly Problem[] } {
  const parts = new Map<string, MapTree>();
  const problems: Problem[] = [];
  for (const [name, { value }] of map?.kind === "map" ? map.entries : []) {
    if (value.kind !== "map") continue;
    const written = writtenOut(value);
    problems.push(...written.problems.map((problem) => ({ ...problem, path: `${prefix}${name}.${problem.path}` })));
    parts.set(name, layeredPart(written.root));
  }
  return { parts, problems };
}

export function layMapOver(under: MapTree, over: MapTree): MapTree {
  const merged = layOver(under, over);
  return merged.kind === "map" ? merged : over;
}

const ADDONS = ["tfvars", "addons"] as const;

/** Returns the addons whose switch a part sets, in the order of the part. */
export function switchesOf(part: MapTree): readonly string[] {
  const { complete, tree } = descend(part, ADDONS);
  if (!complete || tree.kind !== "map") return [];
  return [...tree.entries].flatMap(([name, { value }]) =>
    value.kind === "map" && value.entries.has("enabled") ? [name] : [],
  );
}

/** Returns a part with the sections of only these of the addons that it switches: its settings of others are not wanted. */
export function withSwitched(part: MapTree, addons: readonly string[]): MapTree {
  const tfvars = part.entries.get("tfvars");
  const sections = tfvars?.value.kind === "map" ? tfvars.value.entries.get("addons") : undefined;
  if (tfvars?.value.kind !== "map" || sections?.value.kind !== "map") return part;
  const gone = switchesOf(part).filter((name) => !addons.includes(name));
  const kept = withEntries(sections.value, Object.fromEntries(gone.map((name) => [name, undefined])));
  const value = withEntries(tfvars.value, { addons: { ...sections, value: kept } });
  return withEntries(part, { tfvars: { ...tfvars, value } });
}
