import { layOver } from "../../language/yaml/merge";
import { type Entry, type MapTree, type Tree, withEntries } from "../../language/yaml/tree";
import { LISTS_WITH_DEFAULTS } from "../parse/lists-with-defaults";

/** Lays each item of these lists over its defaults. */
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

/** Returns an item over its defaults. Of values that are no maps the schema reports the error, so a lower layer's defaults serve. */
function overDefaults(defaults: Tree, item: Tree): Tree {
  if (defaults.kind !== "map") return defaults.overrode === undefined ? item : overDefaults(defaults.overrode, item);
  return item.kind === "map" ? layOver(defaults, item) : item;
}
