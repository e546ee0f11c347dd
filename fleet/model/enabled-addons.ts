import { type AddonName, catalogue } from "../../addons/catalogue";
import type { Addon, Values } from "../../addons/contract/addon";
import { reportEach } from "../../language/each-item";
import { ifCertain } from "../../language/refused";
import type { Definition } from "./cluster";

const NAMES = Object.keys(catalogue) as AddonName[];

/** An addon that a definition enables, with its settings there. */
export interface AddonSettings {
  readonly name: AddonName;
  readonly addon: Addon;
  readonly options: unknown;
  readonly values: Values;
  /** Values of its further charts, by their keys. */
  readonly further_values?: Readonly<Record<string, Values | undefined>> | undefined;
  /** Pod Security level of its namespace; undefined if it sets none. */
  readonly pod_security?: Addon["pod_security"];
}

type Sections = Definition["tfvars"]["addons"];

/** Reads each setting only where it is used, because it may have been refused. */
class SettingsOf implements AddonSettings {
  readonly addon: Addon;

  constructor(
    readonly name: AddonName,
    private readonly section: Sections[AddonName],
  ) {
    this.addon = catalogue[name];
  }

  get options(): unknown {
    return this.section.options;
  }

  get values(): Values {
    return this.section.values;
  }

  get further_values(): AddonSettings["further_values"] {
    return "further_values" in this.section ? this.section.further_values : undefined;
  }

  get pod_security(): AddonSettings["pod_security"] {
    const chosen = "namespace" in this.section ? this.section.namespace?.pod_security : undefined;
    return chosen ?? this.addon.pod_security;
  }
}

interface Enabled {
  readonly settings: readonly AddonSettings[];
  readonly names: readonly AddonName[];
  /** True if no switch was refused. */
  readonly certain: boolean;
}

/** The addons that each definition enables; two dozen rules read them. */
const known = new WeakMap<Sections, Enabled>();

function enabledIn(addons: Sections): Enabled {
  const before = known.get(addons);
  if (before !== undefined) return before;
  const switches = NAMES.map((name) => ifCertain(() => addons[name].enabled));
  const names = NAMES.filter((_, index) => switches[index] === true);
  const settings = names.map((name) => new SettingsOf(name, addons[name]));
  const enabled = { settings, names, certain: !switches.includes(undefined) };
  known.set(addons, enabled);
  return enabled;
}

/** Returns the keys of the addons that a definition enables, in the catalogue's order. */
export function enabledAddons({ tfvars: { addons } }: Pick<Definition, "tfvars">): readonly AddonName[] {
  const { certain, names } = enabledIn(addons);
  return certain ? names : NAMES.filter((name) => addons[name].enabled); // throws where it reads a refused switch
}

/** Returns the addons that a definition enables with their settings, for code that treats all addons alike. */
export function addonSettings({ tfvars }: Pick<Definition, "tfvars">): readonly AddonSettings[] {
  enabledAddons({ tfvars }); // nothing may be concluded from the others if a switch was refused
  return enabledIn(tfvars.addons).settings;
}

/**
 * Returns what a function returns of each addon that a definition enables. A refused value silences only the addon that it is
 * of.
 */
export function ofEachAddon<Found>(
  { tfvars }: Pick<Definition, "tfvars">,
  find: (settings: AddonSettings) => readonly Found[],
): Found[] {
  const enabled = ifCertain(() => enabledIn(tfvars.addons));
  return enabled === undefined ? [] : reportEach(enabled.settings, [find]).map(([, found]) => found);
}
