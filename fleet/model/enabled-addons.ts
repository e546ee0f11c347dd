import { type AddonName, catalogue } from "../../addons/catalogue";
import type { Addon, Values } from "../../addons/contract/addon";
import { ifCertain } from "../../language/refused";
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
  return enabledAddons({ tfvars }).map((name) => settingsOf(tfvars, name));
}

/** Returns an addon with its settings, each read only where it is used, because it may have been refused. */
function settingsOf({ addons }: Definition["tfvars"], name: AddonName): AddonSettings {
  const { [name]: section } = addons;
  return {
    name,
    addon: catalogue[name],
    get options() {
      return section.options;
    },
    get values() {
      return section.values;
    },
    get further_values() {
      return "further_values" in section ? section.further_values : undefined;
    },
  };
}

/**
 * Returns what a function returns of each addon that a definition enables. A refused value silences only the addon that it is
 * of.
 */
export function ofEachAddon<Found>(
  { tfvars }: Pick<Definition, "tfvars">,
  find: (settings: AddonSettings) => readonly Found[],
): Found[] {
  return NAMES.flatMap(
    (name) => ifCertain(() => (tfvars.addons[name].enabled ? find(settingsOf(tfvars, name)) : [])) ?? [],
  );
}
