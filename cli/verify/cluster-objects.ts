import { isMap, type PlainMap, valueAt } from "../../language/plain-map";
import { podOf } from "./pod-probes";

/** A rendered object, with the cluster and the release that it is from, and the namespace of the release. */
export interface Rendered {
  readonly cluster: string;
  readonly release: string;
  readonly namespace: string;
  readonly object: PlainMap;
}

/** An object to send. `about` names it in messages. */
export interface Sent extends Rendered {
  readonly about: string;
}

/** Namespaces with their labels, and the objects that are sent while the namespaces have these labels. */
export interface Round {
  readonly namespaces: readonly PlainMap[];
  readonly sent: readonly Sent[];
}

/** API groups whose CustomResourceDefinitions EKS and its add-ons install. */
const OF_EKS: ReadonlySet<string> = new Set([
  "crd.k8s.amazonaws.com",
  "eks.amazonaws.com",
  "snapshot.storage.k8s.io",
  "vpcresources.k8s.aws",
]);

/** True if only a cluster of EKS has the object's kind. */
export function onlyOnEks({ object }: Rendered): boolean {
  return OF_EKS.has(String(object["apiVersion"]).split("/")[0] ?? "");
}

export const isCrd = ({ object }: Rendered): boolean => object["kind"] === "CustomResourceDefinition";

const isNamespace = ({ object }: Rendered): boolean => object["kind"] === "Namespace";

export const nameOf = (object: PlainMap): string => `${object["kind"]}/${valueAt(object, "metadata", "name")}`;

/** Returns the namespaces that a stack creates, as Kubernetes objects. */
export function namespacesOf(stack: PlainMap): readonly PlainMap[] {
  const resources = valueAt(stack, "resource", "kubernetes_namespace_v1");
  return (isMap(resources) ? Object.values(resources) : []).map((resource) => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: valueAt(resource, "metadata"),
  }));
}

/**
 * Returns the objects to send, in rounds. Clusters may label one namespace differently, and its labels decide which pods Pod Security
 * accepts: each object is sent while the namespace has the labels of the object's own cluster. The pod of a workload is sent with the
 * workload.
 */
export function roundsOf(rendered: readonly Rendered[]): readonly Round[] {
  const variants = new Map<string, string[]>();
  const variantOf = new Map<string, number>();
  for (const { cluster, object } of rendered.filter(isNamespace)) {
    const name = String(valueAt(object, "metadata", "name"));
    const known = variants.get(name) ?? [];
    variants.set(name, known);
    const text = JSON.stringify(object);
    if (!known.includes(text)) known.push(text);
    variantOf.set(`${cluster} ${name}`, known.indexOf(text));
  }
  const sent = rendered.filter((each) => !isNamespace(each) && !isCrd(each)).flatMap(withPod);
  const count = Math.max(1, ...[...variants.values()].map((known) => known.length));
  return Array.from({ length: count }, (_, round) => ({
    namespaces: [...variants.values()].flatMap((known) => (known[round] === undefined ? [] : JSON.parse(known[round]))),
    sent: sent.filter(({ cluster, namespace }) => (variantOf.get(`${cluster} ${namespace}`) ?? 0) === round),
  }));
}

function withPod(rendered: Rendered): readonly Sent[] {
  const { object } = rendered;
  const namespace = String(valueAt(object, "metadata", "namespace") ?? rendered.namespace);
  const about = nameOf(object);
  const pod = podOf(object);
  const own: Sent = { ...rendered, namespace, about };
  if (pod === undefined) return [own];
  const probe: Sent = { ...own, object: pod, about: `the pod of ${about}` };
  return object["kind"] === "Pod" ? [probe] : [own, probe];
}
