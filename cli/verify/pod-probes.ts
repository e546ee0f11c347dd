import YAML from "yaml";
import { isMap, type PlainMap, valueAt } from "../../language/plain-map";

/** Forms that YAML 1.1 reads as times. Helm leaves them as text. */
const TIMES: ReadonlySet<string> = new Set(["TIME", "tag:yaml.org,2002:timestamp"]);

/** Returns the objects of a render. Helm and Kubernetes read YAML 1.1, in which 0600 is octal. */
export function objectsOf(render: string): readonly PlainMap[] {
  const customTags = (tags: YAML.Tags): YAML.Tags =>
    tags.filter((tag) => typeof tag === "string" || !(TIMES.has(tag.tag) || TIMES.has(String(tag.format))));
  return YAML.parseAllDocuments(render, { version: "1.1", customTags })
    .map((document): unknown => document.toJS({ maxAliasCount: -1 }))
    .filter(isMap)
    .flatMap((object) => (object["kind"] === "List" ? listOf(object["items"]).filter(isMap) : [object]));
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Path of the pod template, by kind. */
const TEMPLATE: Readonly<Record<string, readonly string[]>> = {
  CronJob: ["spec", "jobTemplate", "spec", "template"],
  DaemonSet: ["spec", "template"],
  Deployment: ["spec", "template"],
  Job: ["spec", "template"],
  Pod: [],
  ReplicaSet: ["spec", "template"],
  StatefulSet: ["spec", "template"],
};

/** Returns the template of the pods that an object creates: its metadata and spec. Undefined for an object without pods. */
export function templateOf(object: PlainMap): unknown {
  const at = TEMPLATE[String(object["kind"])];
  return at === undefined ? undefined : at.length === 0 ? object : valueAt(object, ...at);
}

/**
 * Returns the pod that a workload creates, to try it in a dry run: Pod Security judges a Deployment with a warning only. The service account
 * and the priority class are removed, because a dry run does not create what the pod refers to.
 */
export function podOf(object: PlainMap): PlainMap | undefined {
  const spec = valueAt(templateOf(object), "spec");
  if (!isMap(spec)) return undefined;
  const { serviceAccountName, serviceAccount, priorityClassName, priority, ...rest } = spec;
  const claims = listOf(valueAt(object, "spec", "volumeClaimTemplates")).map((claim) => {
    const name = valueAt(claim, "metadata", "name");
    return { name, persistentVolumeClaim: { claimName: name } };
  });
  const volumes = [...listOf(rest["volumes"]), ...claims];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `verify-${String(valueAt(object, "metadata", "name"))}`.slice(0, 63).replace(/\W+$/, "") },
    spec: { ...rest, ...(volumes.length > 0 && { volumes }), automountServiceAccountToken: false },
  };
}
