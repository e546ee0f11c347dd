import { catalogue } from "../addons/catalogue";
import type { Problem } from "./problem";
import { type Entry, itemName, type MapTree, placeOf, type Tree, withEntries } from "./yaml/tree";

/** Switches that stand elsewhere than in their addon's section, or carry an older name. */
const SWITCHES = [
  { section: "cluster", key: "nodelocal_dns_enabled", addon: "nodelocal_dns" },
  // Kubernetes Dashboard is archived; Headlamp is what the same people maintain now.
  { section: "addons", key: "kubernetes_dashboard_enabled", addon: "headlamp" },
  ...Object.keys(catalogue).map((addon) => ({ section: "addons", key: `${addon}_enabled`, addon })),
] as const;

/** The shorthands of each map, `*` for a list's items: what "did you mean" may suggest besides the schema's keys. */
export const SHORTHAND_KEYS: Readonly<Record<string, readonly string[]>> = {
  "tfvars.cluster": SWITCHES.filter(({ section }) => section === "cluster").map(({ key }) => key),
  "tfvars.addons": SWITCHES.filter(({ section }) => section === "addons").map(({ key }) => key),
  "tfvars.worker_defaults": ["instance_type"],
  "tfvars.workers.*": ["instance_type"],
};

/**
 * Writes the shorthands of one file out: `<addon>_enabled: x` as `<addon>: { enabled: x }`, `instance_type: x` as
 * `instance_types: [x]`. What was written is remembered, so that messages speak of what the reader sees.
 */
export function expandShorthands(file: MapTree): { readonly file: MapTree; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const tfvars = file.entries.get("tfvars");
  if (tfvars?.value.kind !== "map") return { file, problems };
  const expanded = expandSwitches(expandInstanceTypes(tfvars.value, problems), problems);
  return { file: withEntries(file, { tfvars: { ...tfvars, value: expanded } }), problems };
}

function expandSwitches(tfvars: MapTree, problems: Problem[]): MapTree {
  let result = tfvars;
  for (const { section, key, addon } of switchesIn(tfvars)) {
    const from = result.entries.get(section)?.value;
    const entry = from?.kind === "map" ? from.entries.get(key) : undefined;
    if (entry === undefined) continue;
    const spelled = `tfvars.${section}.${key}`;
    const enable = (addonMap: MapTree): MapTree => {
      if (addonMap.entries.has("enabled")) problems.push(twice(entry, spelled, `tfvars.addons.${addon}.enabled`));
      return withEntries(addonMap, { enabled: { ...entry, value: { ...entry.value, spelled } } });
    };
    result = updateMap(result, section, (map) => withEntries(map, { [key]: undefined }), entry);
    result = updateMap(result, "addons", (addons) => updateMap(addons, addon, enable, entry), entry);
  }
  return result;
}

/** Most files have few: a copy of the maps for each that is not there would cost more than the reading. */
function switchesIn(tfvars: MapTree): (typeof SWITCHES)[number][] {
  return SWITCHES.filter(({ section, key }) => {
    const map = tfvars.entries.get(section)?.value;
    return map?.kind === "map" && map.entries.has(key);
  });
}

function expandInstanceTypes(tfvars: MapTree, problems: Problem[]): MapTree {
  const expand = (group: Tree, path: string): Tree => {
    const entry = group.kind === "map" ? group.entries.get("instance_type") : undefined;
    if (group.kind !== "map" || entry === undefined) return group;
    if (group.entries.has("instance_types")) problems.push(twice(entry, `${path}.instance_type`, "instance_types"));
    const { source, offset } = entry.value;
    const removed = entry.value.kind === "scalar" && entry.value.value === null;
    const items: Tree[] = [{ ...entry.value, spelled: "" }];
    const spelled = ".instance_type";
    const value: Tree = removed ? { ...entry.value, spelled } : { kind: "list", items, source, offset, spelled };
    return withEntries(group, { instance_type: undefined, instance_types: { ...entry, value } });
  };
  const changes: Record<string, Entry> = {};
  const defaults = tfvars.entries.get("worker_defaults");
  if (defaults !== undefined)
    changes["worker_defaults"] = { ...defaults, value: expand(defaults.value, "tfvars.worker_defaults") };
  const workers = tfvars.entries.get("workers");
  if (workers?.value.kind === "list") {
    const items = workers.value.items.map((item, index) => expand(item, `tfvars.workers[${itemName(item) ?? index}]`));
    changes["workers"] = { ...workers, value: { ...workers.value, items } };
  }
  return withEntries(tfvars, changes);
}

/** Changes the map at a key, made where the entry stands if there is none. What is there and no map stays: the schema will say so. */
function updateMap(parent: MapTree, key: string, change: (map: MapTree) => MapTree, at: Entry): MapTree {
  const there = parent.entries.get(key);
  if (there !== undefined && there.value.kind !== "map") return parent;
  const map: MapTree =
    there?.value.kind === "map"
      ? there.value
      : { kind: "map", entries: new Map(), source: at.source, offset: at.offset };
  return withEntries(parent, { [key]: { source: at.source, offset: at.offset, ...there, value: change(map) } });
}

function twice(entry: Entry, path: string, other: string): Problem {
  return {
    severity: "error",
    place: placeOf(entry),
    path,
    message: `says the same as ${other}, which stands in this file too: keep one`,
  };
}
