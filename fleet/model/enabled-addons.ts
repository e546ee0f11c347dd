import { type AddonName, catalogue } from "../../addons/catalogue";
import type { Definition } from "./cluster";

const NAMES = Object.keys(catalogue) as AddonName[];

/** A dozen checks ask for each cluster's. */
const known = new WeakMap<Definition["tfvars"]["addons"], readonly AddonName[]>();

/** The keys of the addons that a definition enables, in the catalogue's order. */
export function enabledAddons({ tfvars: { addons } }: Pick<Definition, "tfvars">): readonly AddonName[] {
  const enabled = known.get(addons) ?? NAMES.filter((name) => addons[name].enabled);
  known.set(addons, enabled);
  return enabled;
}
