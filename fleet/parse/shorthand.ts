import { catalogue } from "../../addons/catalogue";
import type { Addon } from "../../addons/contract/addon";
import type { FurtherSwitch } from "../../addons/contract/cluster-wide";
import type { Problem } from "../../language/problem";
import { type Entry, itemName, type MapTree, placeOf, type Tree, withEntries } from "../../language/yaml/tree";

interface Switch extends FurtherSwitch {
  readonly addon: string;
}

const ADDONS: readonly Addon[] = Object.values(catalogue);

/** The keys that are short for `enabled` of an addon. */
const SWITCHES: readonly Switch[] = [
  ...ADDONS.flatMap(({ further_switches = [], name: addon }) => further_switches.map((each) => ({ ...each, addon }))),
  ...ADDONS.map(({ name: addon }) => ({ section: "addons" as const, key: `${addon}_enabled`, addon })),
];

const SECTIONS = ["cluster", "addons"] as const;

/** `<section>.<key>` -> the switch: a file has few keys, and there are many switches. */
const SWITCH_AT = new Map(SWITCHES.map((each) => [`${each.section}.${each.key}`, each]));

/** Returns the addon that a key of a map such as `tfvars.cluster` switches; undefined for other keys. */
export function switchedAddon(map: string, key: string): string | undefined {
  return SWITCH_AT.get(`${map.replace(/^tfvars\./, "")}.${key}`)?.addon;
}

/** The shorthands of each map, `*` for a list's items: what "did you mean" may suggest besides the schema's keys. */
export const SHORTHAND_KEYS: Readonly<Record<string, readonly string[]>> = {
  "tfvars.cluster": SWITCHES.filter(({ section }) => section === "cluster").map(({ key }) => key),
  "tfvars.addons": SWITCHES.filter(({ section }) => section === "addons").map(({ key }) => key),
  "tfvars.worker_defaults": ["instance_type"],
  "tfvars.workers.*": ["instance_type"],
};

/**
 * Expands the shorthands of one file: `<addon>_enabled: x` as `<addon>: { enabled: x }`, `instance_type: x` as `instance_types:
 * [x]`. The written key is kept, so that messages contain what the reader sees.
 */
export function expandShorthands(file: MapTree): { readonly file: MapTree; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const tfvars = file.entries.get("tfvars");
  if (tfvars?.value.kind !== "map") return { file, problems };
  const expanded = expandSwitches(expandInstanceTypes(tfvars.value, problems), problems);
  return { file: withEntries(file, { tfvars: { ...tfvars, value: expanded } }), problems };
}

function expandSwitches(tfvars: MapTree, problems: Problem[]): MapTree {
  const found = SECTIONS.flatMap((section) =>
    [...(mapAt(tfvars, section)?.entries ?? [])].flatMap(([key, entry]) => {
      const known = SWITCH_AT.get(`${section}.${key}`);
      return known === undefined ? [] : [{ entry, ...known }];
    }),
  );
  const [first] = found;
  const addonsEntry = tfvars.entries.get("addons") ?? (first && { ...first.entry, value: emptyAt(first.entry) });
  if (first === undefined || addonsEntry === undefined) return tfvars;
  const cluster = new Map(mapAt(tfvars, "cluster")?.entries);
  const addons = new Map(addonsEntry.value.kind === "map" ? addonsEntry.value.entries : []);
  for (const { section, key, addon, entry } of found) {
    (section === "cluster" ? cluster : addons).delete(key);
    const there: Entry = addons.get(addon) ?? { ...entry, value: emptyAt(entry) };
    if (there.value.kind !== "map") continue; // the schema reports it
    const spelled = `tfvars.${section}.${key}`;
    if (there.value.entries.has("enabled")) problems.push(twice(entry, spelled, `tfvars.addons.${addon}.enabled`));
    const enabled = { ...entry, value: { spelled, ...entry.value } };
    addons.set(addon, { ...there, value: withEntries(there.value, { enabled }) });
  }
  return withMaps(tfvars, { cluster, addons }, addonsEntry);
}

function withMaps(
  tfvars: MapTree,
  { cluster, addons }: { readonly cluster: Map<string, Entry>; readonly addons: Map<string, Entry> },
  addonsEntry: Entry,
): MapTree {
  const entries = new Map(tfvars.entries);
  const clusterEntry = entries.get("cluster");
  if (clusterEntry?.value.kind === "map")
    entries.set("cluster", { ...clusterEntry, value: { ...clusterEntry.value, entries: cluster } });
  if (addonsEntry.value.kind === "map")
    entries.set("addons", { ...addonsEntry, value: { ...addonsEntry.value, entries: addons } });
  return { ...tfvars, entries };
}

function mapAt(map: MapTree, key: string): MapTree | undefined {
  const value = map.entries.get(key)?.value;
  return value?.kind === "map" ? value : undefined;
}

/** Returns the map that a shorthand requires but the file lacks, at the place of the shorthand. */
function emptyAt({ source, offset }: Entry): MapTree {
  return { kind: "map", entries: new Map(), source, offset };
}

function expandInstanceTypes(tfvars: MapTree, problems: Problem[]): MapTree {
  const expand = (group: Tree, path: string): Tree => {
    const entry = group.kind === "map" ? group.entries.get("instance_type") : undefined;
    if (group.kind !== "map" || entry === undefined) return group;
    if (group.entries.has("instance_types")) problems.push(twice(entry, `${path}.instance_type`, "instance_types"));
    const { source, offset } = entry.value;
    const removed = entry.value.kind === "scalar" && entry.value.value === null;
    const items: Tree[] = [{ spelled: "", ...entry.value }];
    const spelled = ".instance_type";
    const value: Tree = removed ? { spelled, ...entry.value } : { kind: "list", items, source, offset, spelled };
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

function twice(entry: Entry, path: string, other: string): Problem {
  return {
    rule: "duplicate-key",
    severity: "error",
    place: placeOf(entry),
    path,
    message: `sets the same value as ${other} in this file. Keep one of them`,
  };
}
