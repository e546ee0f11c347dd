import { layOver } from "./yaml/merge";
import { type Entry, type MapTree, type Tree, withEntries } from "./yaml/tree";

/** Gives every worker group what `worker_defaults` says and the group does not. */
export function withWorkerDefaults(root: MapTree): MapTree {
  return updated(root, "tfvars", (tfvars) => {
    const defaults = tfvars.kind === "map" ? tfvars.entries.get("worker_defaults")?.value : undefined;
    if (tfvars.kind !== "map" || defaults === undefined) return tfvars;
    return updated(tfvars, "workers", (workers) =>
      workers.kind === "list"
        ? { ...workers, items: workers.items.map((item) => overDefaults(defaults, item)) }
        : workers,
    );
  });
}

function updated(map: MapTree, key: string, change: (value: Tree) => Tree): MapTree {
  const entry: Entry | undefined = map.entries.get(key);
  return entry === undefined ? map : withEntries(map, { [key]: { ...entry, value: change(entry.value) } });
}

/** What is no map stays as it is: the schema has to say so. */
function overDefaults(defaults: Tree, item: Tree): Tree {
  return item.kind === "map" && defaults.kind === "map" ? layOver(defaults, item) : item;
}
