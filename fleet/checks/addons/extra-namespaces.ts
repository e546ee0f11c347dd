import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import type { Path } from "../../../language/yaml/tree";
import { type ExtraChart, namespacesOf } from "../../addons/extras";
import { namespaceMade } from "../../addons/manifests";
import { enabledAddons } from "../../model/enabled-addons";
import type { Subject } from "../../model/subject";
import type { Check, Finding } from "../../rules/finding";

/** Namespaces that every cluster has. */
const GIVEN_NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** A namespace is made once. */
export const checkExtraNamespaces: Check = (subject) => {
  const { extra_charts } = subject.definition.tfvars;
  return extra_charts.flatMap((chart, index): Finding[] => {
    if (chart.pod_security === null) return [];
    const maker = makerOf(chart.namespace, subject, extra_charts.slice(0, index));
    if (maker === undefined) return [];
    const path = ["tfvars", "extra_charts", index, "namespace"];
    const given = [["tfvars", "extra_charts", index, "pod_security"]];
    return [
      { path, given, message: `${chart.namespace} is ${maker}: set pod_security: null, or take another namespace` },
    ];
  });
};

/** Objects are in namespaces that somebody makes, before them. */
export const checkManifestNamespaces: Check = (subject) => {
  const { extra_charts, extra_manifests } = subject.definition.tfvars;
  const made = new Set(extra_manifests.flatMap(({ manifests }) => manifests.map(namespaceMade)));
  return extra_manifests.flatMap((item, index): Finding[] => {
    const path = ["tfvars", "extra_manifests", index];
    const objects = item.manifests.flatMap((written, place): Finding[] => {
      const name = namespaceMade(written);
      const maker = name === undefined ? undefined : makerOf(name, subject, extra_charts);
      if (maker === undefined) return [];
      const message = `the namespace ${name} is ${maker}, and has one maker: remove it`;
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
  const message = `is made by an object of this item itself, and Helm needs it before any of them: set namespace: default, and let the objects say metadata.namespace: ${name}`;
  return { path: [...path, "namespace"], message };
}

/** Not an error: what Flux or a person made is no business of a definition. */
function missingNamespace(name: string, path: Path): Finding {
  const message = `nothing in this definition makes the namespace ${name}, and without it nothing of this item is installed: let an extra chart or a Namespace object make it, or be sure that it is there`;
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
  if (addon !== undefined) return `made by the addon ${addon.name}`;
  const other = charts.find((each) => each.namespace === namespace && each.pod_security !== null);
  return other === undefined ? undefined : `made by the extra chart ${other.name}`;
}

function namespacesOfAddon(addon: Addon): readonly string[] {
  const further = addon.kind === "helm" ? (addon.further_charts ?? []) : [];
  return [addon.namespace, ...further.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace.name]))];
}
