import { type AddonName, catalogue } from "../../addons/catalogue";
import type { Addon, Values } from "../../addons/contract/addon";
import type { Definition } from "./cluster";

const NAMES = Object.keys(catalogue) as AddonName[];

/** Returns the keys of the addons that a definition enables, in the catalogue's order. */
export function enabledAddons({ tfvars: { addons } }: Pick<Definition, "tfvars">): readonly AddonName[] {
  return NAMES.filter((name) => addons[name].enabled);
}

/** An addon that a definition enables, with its settings there. */
export interface AddonSettings {
  readonly name: AddonName;
  readonly addon: Addon;
  readonly options: unknown;
  readonly values: Values;
  /** Values of its further charts, by their keys. */
  readonly further_values?: Readonly<Record<string, Values | undefined>> | undefined;
}

/** Returns the addons that a definition enables with their settings, for code that treats all addons alike. */
export function addonSettings({ tfvars }: Pick<Definition, "tfvars">): readonly AddonSettings[] {
  return enabledAddons({ tfvars }).map((name) => ({ ...tfvars.addons[name], name, addon: catalogue[name] }));
}
