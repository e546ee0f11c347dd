import { layOver } from "../../language/yaml/merge";
import { type Entry, type MapTree, type Tree, withEntries } from "../../language/yaml/tree";

/** Lists of `tfvars` whose items leave to another of its keys what they do not say. */
export const LISTS_WITH_DEFAULTS = [
  { list: "workers", defaults: "worker_defaults" },
  { list: "node_pools", defaults: "node_pool_defaults" },
  { list: "extra_charts", defaults: "extra_chart_defaults" },
] as const;

/** Gives every worker group what `worker_defaults` says and the group does not, and so every other list that has such a key. */
export function withItemDefaults(root: MapTree): MapTree {
  return updated(root, "tfvars", (tfvars) =>
    tfvars.kind === "map" ? LISTS_WITH_DEFAULTS.reduce(withDefaults, tfvars) : tfvars,
  );
}

function withDefaults(tfvars: MapTree, { list, defaults }: (typeof LISTS_WITH_DEFAULTS)[number]): MapTree {
  const under = tfvars.entries.get(defaults)?.value;
  if (under === undefined) return tfvars;
  return updated(tfvars, list, (items) =>
    items.kind === "list" ? { ...items, items: items.items.map((item) => overDefaults(under, item)) } : items,
  );
}

function updated(map: MapTree, key: string, change: (value: Tree) => Tree): MapTree {
  const entry: Entry | undefined = map.entries.get(key);
  return entry === undefined ? map : withEntries(map, { [key]: { ...entry, value: change(entry.value) } });
}

/** What is no map stays as it is: the schema has to say so. */
function overDefaults(defaults: Tree, item: Tree): Tree {
  return item.kind === "map" && defaults.kind === "map" ? layOver(defaults, item) : item;
}
