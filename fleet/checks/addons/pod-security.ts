import { valueAt } from "../../../language/plain-map";
import type { Path } from "../../../language/yaml/tree";
import { groupAndKind, namespaceMade, namespaceNamed } from "../../addons/manifests";
import type { Definition } from "../../model/cluster";
import { ofEachAddon } from "../../model/enabled-addons";
import type { Check, Finding } from "../../rules/finding";
import { inMaps } from "../../rules/in-maps";

type Test = (value: unknown) => boolean;

const isTrue: Test = (value) => value === true;

/** Fields of pods that each level refuses (Kubernetes documentation, Pod Security Standards). */
const BASELINE: Readonly<Record<string, Test>> = {
  hostNetwork: isTrue,
  hostPID: isTrue,
  hostIPC: isTrue,
  privileged: isTrue,
  hostPath: (value) => typeof valueAt(value, "path") === "string",
};
const REFUSED: Readonly<Record<string, Readonly<Record<string, Test>>>> = {
  baseline: BASELINE,
  restricted: {
    ...BASELINE,
    allowPrivilegeEscalation: isTrue,
    runAsNonRoot: (value) => value === false,
    runAsUser: (value) => value === 0,
  },
};

/** Kinds with pods, by the end of their API group and kind. */
const WITH_PODS = /^(?:\/Pod|apps\/(?:DaemonSet|Deployment|ReplicaSet|StatefulSet)|batch\/(?:CronJob|Job))$/;

/**
 * Warns of settings of pods that the level of their namespace refuses, in values and in manifests. Helm reports success if it does not
 * wait, and the pods never start.
 */
export const checkPodSecurity: Check = ({ definition }) => {
  const { extra_charts, extra_manifests } = definition.tfvars;
  const levels = levelsOf(definition);
  return [
    ...ofEachAddon(definition, ({ addon, further_values = {}, name, values }) => {
      const level = levels.get(addon.namespace);
      const charts = "further_charts" in addon ? (addon.further_charts ?? []) : [];
      const elsewhere = charts.flatMap(({ chart, namespace }) => (namespace ? [chart] : []));
      const here = Object.entries(further_values).filter(([chart]) => !elsewhere.includes(chart));
      return [
        ...refused(values, ["tfvars", "addons", name, "values"], level),
        ...here.flatMap(([chart, each]) => refused(each, ["tfvars", "addons", name, "further_values", chart], level)),
      ];
    }),
    ...extra_charts.flatMap(({ namespace, values }, index) =>
      refused(values, ["tfvars", "extra_charts", index, "values"], levels.get(namespace)),
    ),
    ...extra_manifests.flatMap(({ manifests, namespace }, item) =>
      manifests.flatMap((object, index) =>
        WITH_PODS.test(groupAndKind(object))
          ? refused(
              object,
              ["tfvars", "extra_manifests", item, "manifests", index],
              levels.get(namespaceNamed(object) ?? namespace),
            )
          : [],
      ),
    ),
  ];
};

/** Returns the levels of namespaces, as far as the definition sets them. */
function levelsOf(definition: Definition): ReadonlyMap<string, string> {
  const { extra_charts, extra_manifests } = definition.tfvars;
  const levels = new Map(
    ofEachAddon(definition, ({ addon, pod_security }) =>
      pod_security === undefined ? [] : [[addon.namespace, pod_security as string] as const],
    ),
  );
  for (const { namespace, pod_security } of extra_charts)
    if (pod_security !== null) levels.set(namespace, pod_security);
  for (const object of extra_manifests.flatMap(({ manifests }) => manifests)) {
    const level = valueAt(object, "metadata", "labels", "pod-security.kubernetes.io/enforce");
    const namespace = namespaceMade(object);
    if (namespace !== undefined && typeof level === "string") levels.set(namespace, level);
  }
  return levels;
}

function refused(value: unknown, path: Path, level: string | undefined): readonly Finding[] {
  const fields = REFUSED[level ?? ""];
  if (fields === undefined) return [];
  const message = `is refused by Pod Security, because the namespace is ${level}, so the pod does not start. Remove it, or set pod_security of the namespace`;
  return inMaps(value, path, (map, at) =>
    Object.entries(map).flatMap(([key, each]): Finding[] =>
      Object.hasOwn(fields, key) && fields[key]?.(each) === true
        ? [{ path: [...at, key], message, severity: "warning" }]
        : [],
    ),
  );
}
