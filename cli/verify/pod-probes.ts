import YAML from "yaml";
import { isMap, type PlainMap, valueAt } from "../../language/plain-map";

/** Returns the objects of a render. */
export function objectsOf(render: string): readonly PlainMap[] {
  return YAML.parseAllDocuments(render)
    .map((document): unknown => document.toJS({ maxAliasCount: -1 }))
    .filter(isMap);
}

/** Where kinds keep the template of their pods. */
const TEMPLATE: Readonly<Record<string, readonly string[]>> = {
  CronJob: ["spec", "jobTemplate", "spec", "template"],
  DaemonSet: ["spec", "template"],
  Deployment: ["spec", "template"],
  Job: ["spec", "template"],
  Pod: [],
  ReplicaSet: ["spec", "template"],
  StatefulSet: ["spec", "template"],
};

/**
 * Returns the pod that a workload creates, to try it in a dry run: Pod Security judges a Deployment with a warning only. The service account
 * and the priority class are removed, because a dry run does not create what the pod refers to.
 */
export function podOf(object: PlainMap): PlainMap | undefined {
  const at = TEMPLATE[String(object["kind"])];
  if (at === undefined) return undefined;
  const spec = valueAt(object, ...at, "spec");
  if (!isMap(spec)) return undefined;
  const { serviceAccountName, serviceAccount, priorityClassName, priority, ...rest } = spec;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `verify-${String(valueAt(object, "metadata", "name"))}`.slice(0, 63).replace(/\W+$/, "") },
    spec: { ...rest, automountServiceAccountToken: false },
  };
}
