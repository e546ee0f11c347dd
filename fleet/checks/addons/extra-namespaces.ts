import { catalogue } from "../../../addons/catalogue";
import { type Addon, ownNamespaces } from "../../../addons/contract/addon";
import type { Path } from "../../../language/yaml/tree";
import { type ExtraChart, namespacesOf } from "../../addons/extras";
import { namespaceMade } from "../../addons/manifests";
import { enabledAddons, ofEachAddon } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import type { Check, Finding } from "../../rules/finding";
import { noEffect } from "../../rules/forms";

/** Namespaces that every cluster has. */
export const GIVEN_NAMESPACES: readonly string[] = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** Refuses a namespace that something else creates already. */
export const checkExtraNamespaces: Check = (subject) => {
  const { extra_charts } = subject.definition.tfvars;
  return extra_charts.flatMap((chart, index): Finding[] => {
    if (chart.pod_security === null) return [];
    const maker = makerOf(chart.namespace, subject, extra_charts.slice(0, index));
    if (maker === undefined) return [];
    const path = ["tfvars", "extra_charts", index, "namespace"];
    return [{ path, message: `${chart.namespace} is ${maker}. Set pod_security: null, or use another namespace` }];
  });
};

const NAMESPACE_SETTINGS = ["namespace_labels", "namespace_annotations", "namespace_delete_minutes"] as const;

/** Refuses settings of a namespace that the chart does not create. */
export const checkNamespaceSettings: Check = ({ definition }) =>
  definition.tfvars.extra_charts.flatMap((chart, index) =>
    NAMESPACE_SETTINGS.filter((key) => chart.pod_security === null && chart[key] !== undefined).map((key) =>
      noEffect(
        ["tfvars", "extra_charts", index, key],
        "pod_security is null, so the namespace is created elsewhere",
        "or set pod_security",
      ),
    ),
  );

/** Pod Security Standards, from the strictest. */
const LEVELS: readonly string[] = ["restricted", "baseline", "privileged"];

/** Refuses a Pod Security Standard that the pods of the addon itself violate: the API server would refuse them. */
export const checkAddonNamespaces: Check = ({ definition }) =>
  ofEachAddon(definition, ({ addon, name }) => {
    const { pod_security: chosen } = definition.tfvars.addons[name].namespace ?? {};
    const needed = addon.pod_security;
    if (chosen === undefined || needed === undefined || LEVELS.indexOf(chosen) >= LEVELS.indexOf(needed)) return [];
    const message = `${chosen} refuses the pods of ${name}, which require ${needed}. Set ${needed} or remove it`;
    return [{ path: ["tfvars", "addons", name, "namespace", "pod_security"], message }];
  });

/** Refuses objects whose namespace is created twice or too late, and warns of a namespace that nothing creates. */
export const checkManifestNamespaces: Check = (subject) => {
  const { extra_charts, extra_manifests } = subject.definition.tfvars;
  const made = new Set(extra_manifests.flatMap(({ manifests }) => manifests.map(namespaceMade)));
  return extra_manifests.flatMap((item, index): Finding[] => {
    const path = ["tfvars", "extra_manifests", index];
    const objects = item.manifests.flatMap((written, place): Finding[] => {
      const name = namespaceMade(written);
      const maker = name === undefined ? undefined : makerOf(name, subject, extra_charts);
      if (maker === undefined) return [];
      const message = `the namespace ${name} is ${maker}. Remove it`;
      return [{ path: [...path, "manifests", place], message }];
    });
    const own = item.manifests.some((written) => namespaceMade(written) === item.namespace);
    if (own && objects.length === 0) return [ownNamespace(item.namespace, path)];
    const missing = [...namespacesOf(item)].filter(
      (name) => !made.has(name) && makerOf(name, subject, extra_charts) === undefined,
    );
    return [...objects, ...missing.map((name) => missingNamespace(name, path))];
  });
};

function ownNamespace(name: string, path: Path): Finding {
  const message = `is created by an object of this item, but Helm requires it before the objects. Set namespace: default, and set metadata.namespace: ${name} in the objects`;
  return { path: [...path, "namespace"], message };
}

/** A warning, because Flux or a person may have created it outside of the definition. */
function missingNamespace(name: string, path: Path): Finding {
  const message = `nothing in this definition creates the namespace ${name}, and the item cannot be installed without it. Add an extra chart or a Namespace object that creates it, or make sure that it exists`;
  return { path: [...path, "namespace"], message, severity: "warning" };
}

function makerOf(
  namespace: string,
  { definition }: Pick<Subject, "definition">,
  charts: readonly ExtraChart[],
): string | undefined {
  if (GIVEN_NAMESPACES.includes(namespace)) return "in every cluster already";
  const addons = enabledAddons(definition).map((name): Addon => catalogue[name]);
  const addon = addons.find((each) => namespacesOfAddon(each).includes(namespace));
  if (addon !== undefined) return `created by the addon ${addon.name}`;
  const other = charts.find((each) => each.namespace === namespace && each.pod_security !== null);
  return other === undefined ? undefined : `created by the extra chart ${other.name}`;
}

function namespacesOfAddon(addon: Addon): readonly string[] {
  return [addon.namespace, ...ownNamespaces(addon)];
}
