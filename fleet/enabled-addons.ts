import { type AddonName, catalogue } from "../addons/catalogue";
import type { Definition } from "./cluster";

/** The keys of the addons that a definition enables, in the catalogue's order. */
export function enabledAddons({ tfvars }: Pick<Definition, "tfvars">): AddonName[] {
  return (Object.keys(catalogue) as AddonName[]).filter((name) => tfvars.addons[name].enabled);
}
