import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { valueAt } from "../../../language/plain-map";
import { didYouMean, listed } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import { servedName } from "../../addons/ingress-classes";
import { groupAndKind, type WrittenObject } from "../../addons/manifests";
import { namedIn } from "../../addons/named-in-charts";
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

/** Warns of Ingresses in manifests whose class nothing serves: no host of them is reached. */
export const checkWrittenIngresses: Check = ({ definition }) => {
  const { extra_charts, extra_manifests } = definition.tfvars;
  const others = namedIn([extra_charts, extra_manifests.map(({ manifests }) => manifests.filter(isClass))]);
  return extra_manifests.flatMap(({ manifests }, item) =>
    manifests.flatMap((object, index): Finding[] => {
      const name = valueAt(object, "spec", "ingressClassName");
      if (groupAndKind(object) !== "networking.k8s.io/Ingress" || typeof name !== "string") return [];
      if (isServed(name, definition) || others.has(name)) return [];
      const advice = CLASSES.find((known) => known.name === name && known.advice !== undefined)?.advice;
      const path = ["tfvars", "extra_manifests", item, "manifests", index, "spec", "ingressClassName"];
      const message = `nothing in this definition serves the class ${name}. ${advice === undefined ? "Use a class that an addon serves" : `To fix this, ${advice}, or use another class`}`;
      return [{ path, message, severity: "warning" }];
    }),
  );
};

const isClass = (object: WrittenObject): boolean => groupAndKind(object) === "networking.k8s.io/IngressClass";

/** Warns of a ClusterIssuer that nothing in the definition creates: the certificate is never issued. */
export const checkIssuers: Check = ({ definition }) => {
  const { extra_charts, extra_manifests } = definition.tfvars;
  const created = ofEachAddon(definition, ({ addon, options }) => addon.cluster_issuers?.(options) ?? []);
  const written = extra_manifests.flatMap(({ manifests }) =>
    manifests.flatMap((object) =>
      groupAndKind(object).endsWith("/ClusterIssuer") ? [String(Object(object["metadata"]).name)] : [],
    ),
  );
  const charts = namedIn(extra_charts); // a chart may create the issuer that its values name
  const known = [...created, ...written];
  if (known.length === 0) return []; // nothing issues certificates
  return ofEachAddon(definition, ({ addon, name, options }): Finding[] => {
    const used = addon.uses_issuer?.(options) ?? null;
    if (used === null || known.includes(used.name) || charts.has(used.name)) return [];
    const meant = didYouMean(used.name, known) || `. Known issuers: ${listed(known)}`;
    const message = `nothing in this definition creates the ClusterIssuer ${used.name}, so no certificate is issued${meant}`;
    return [{ path: ["tfvars", "addons", name, "options", used.option], message, severity: "warning" }];
  });
};
