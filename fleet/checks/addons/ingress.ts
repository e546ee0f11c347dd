import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { didYouMean, listed } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import { servedName } from "../../addons/ingress-classes";
import type { Definition } from "../../model/cluster";
import { addonSettings, ofEachAddon } from "../../model/enabled-addons";
import { hasAutoMode } from "../../nodes/auto-mode";
import type { Check, Finding } from "../../rules/finding";

const CLASSES = Object.values<Addon>(catalogue).flatMap(({ ingress_classes = [] }) => ingress_classes);

/** Refuses a second default ingress class: with two, Kubernetes refuses an Ingress that names no class. */
export const checkDefaultIngressClass: Check = ({ definition }) => {
  const path = (name: string): Path => ["tfvars", "addons", name, "options", "default_class"];
  const [first, ...others] = ofEachAddon(definition, ({ addon, name, options }) =>
    addon.ingress_classes?.some(({ is_default }) => is_default?.(options)) ? [name] : [],
  );
  return others.map((name) => ({
    path: path(name),
    message: `${first} also has the default ingress class. Set default_class: false for one of them`,
  }));
};

/** True if something on the cluster serves a class. */
function isServed(name: string, definition: Definition): boolean {
  if (hasAutoMode(definition) && CLASSES.some((known) => known.name === name && known.auto_mode_serves)) return true;
  return addonSettings(definition).some(({ addon, options, values }) =>
    addon.ingress_classes?.some((known) => servedName(known, values) === name && (known.served?.(options) ?? true)),
  );
}

/** Reports an addon's Ingress whose class nothing serves. A class of no known addon may be that of something else. */
export const checkIngressClasses: Check = ({ definition }) => {
  if (definition.tfvars.extra_charts.length > 0) return [];
  return ofEachAddon(definition, ({ addon, name, options }): Finding[] => {
    const used = addon.ingress_class?.(options);
    if (!used?.name || isServed(used.name, definition)) return [];
    const path = ["tfvars", "addons", name, "options", used.option];
    const advice = CLASSES.find((known) => known.name === used.name && known.advice !== undefined)?.advice;
    if (advice !== undefined)
      return [{ path, message: `nothing serves the class ${used.name}. To fix this, ${advice}, or use another class` }];
    if (CLASSES.some((known) => known.name === used.name) || definition.tfvars.extra_manifests.length > 0) return [];
    const known = [...new Set(CLASSES.map((each) => each.name))];
    const meant = didYouMean(used.name, known) || `. Known classes: ${listed(known)}`;
    return [{ path, message: `nothing in this definition serves the class ${used.name}${meant}`, severity: "warning" }];
  });
};
