import { apiChange } from "../../../aws/kubernetes-apis";
import { isMap, ownValue } from "../../../language/plain-map";
import { objectName } from "../../../language/words/kubernetes";
import { kubernetesMinor, stepsBetween } from "../../../language/words/kubernetes-minor";
import type { Path } from "../../../language/yaml/tree";
import { groupAndKind, type WrittenObject } from "../../addons/manifests";
import type { KubernetesSupport } from "../../model/cluster";

interface Mistake {
  readonly path: Path;
  readonly message: string;
}

const SHAPES: Readonly<Record<string, readonly [RegExp, string]>> = {
  apiVersion: [/^(?:v1|[a-z0-9.-]+\/[a-z][a-z0-9-]*)$/, "a version with its group, such as v1 or apps/v1"],
  kind: [/^[A-Z][A-Za-z0-9]*$/, "a kind, such as ConfigMap"],
};

/** Versions that Kubernetes removed, and their replacements (Kubernetes deprecated API migration guide). */
const GONE: Readonly<Record<string, string>> = {
  "apiextensions.k8s.io/v1beta1": "apiextensions.k8s.io/v1",
  "apps/v1beta1": "apps/v1",
  "apps/v1beta2": "apps/v1",
  "autoscaling/v2beta1": "autoscaling/v2",
  "autoscaling/v2beta2": "autoscaling/v2",
  "batch/v1beta1": "batch/v1",
  "discovery.k8s.io/v1beta1": "discovery.k8s.io/v1",
  "events.k8s.io/v1beta1": "events.k8s.io/v1",
  "extensions/v1beta1": "apps/v1 or networking.k8s.io/v1",
  "node.k8s.io/v1beta1": "node.k8s.io/v1",
  "policy/v1beta1": "policy/v1",
  "rbac.authorization.k8s.io/v1beta1": "rbac.authorization.k8s.io/v1",
  "scheduling.k8s.io/v1beta1": "scheduling.k8s.io/v1",
};

/** Returns what Kubernetes or Helm would refuse of any object. */
export function malformedPart(manifest: WrittenObject): Mistake | undefined {
  for (const [key, [pattern, what]] of Object.entries(SHAPES)) {
    const value = manifest[key];
    if (value === undefined)
      return { path: [], message: `requires ${key}, because each item is one Kubernetes object` };
    if (typeof value !== "string" || value === "") return { path: [key], message: "must be text" };
    if (!pattern.test(value)) return { path: [key], message: `must be ${what}, but is ${value}` };
  }
  const instead = ownValue(GONE, String(manifest["apiVersion"]));
  if (instead !== undefined)
    return { path: ["apiVersion"], message: `was removed from Kubernetes. Use ${instead}, and read what changed` };
  if (Array.isArray(manifest["items"]) && String(manifest["kind"]).endsWith("List"))
    return { path: ["kind"], message: "is a list of objects. Write each object as an item of manifests" };
  const metadata = manifest["metadata"];
  if (!isMap(metadata)) return { path: [], message: "requires metadata.name, because Helm identifies objects by name" };
  return badName(manifest, metadata) ?? notText(manifest, metadata);
}

/** Returns the part of an object that no version of Kubernetes in support serves. */
export function unservedPart({ apiVersion, kind }: WrittenObject, support: KubernetesSupport): Mistake | undefined {
  const { removedIn, replacement } = apiChange(String(apiVersion), String(kind)) ?? {};
  if (removedIn === undefined) return undefined;
  const supported = Object.keys(support).flatMap((version) => kubernetesMinor(version) ?? []);
  if (supported.length === 0 || supported.some((minor) => stepsBetween(removedIn, minor) < 0)) return undefined;
  const instead = replacement === undefined ? "Remove the object" : `Use ${replacement}, and read what changed`;
  return { path: ["apiVersion"], message: `has had no ${String(kind)} since Kubernetes ${removedIn}. ${instead}` };
}

function badName(manifest: WrittenObject, metadata: WrittenObject): Mistake | undefined {
  const { name, namespace } = metadata;
  if (typeof name !== "string" || name === "")
    return { path: ["metadata"], message: "requires name, because Helm identifies objects by name" };
  const roles = groupAndKind(manifest).startsWith("rbac.authorization.k8s.io/");
  if (!objectName.safeParse(name).success && !roles)
    return {
      path: ["metadata", "name"],
      message: `must be lower-case letters, digits, dashes and dots, but is ${name}`,
    };
  if (namespace !== undefined && typeof namespace !== "string")
    return {
      path: ["metadata", "namespace"],
      message: `must be text, but is ${JSON.stringify(namespace)}. Write it in quotes`,
    };
  return undefined;
}

/** Reports values that must be text, but that YAML reads as something else. */
function notText(manifest: WrittenObject, metadata: WrittenObject): Mistake | undefined {
  const maps: readonly (readonly [Path, unknown])[] = [
    [["metadata", "labels"], metadata["labels"]],
    [["metadata", "annotations"], metadata["annotations"]],
    [["data"], groupAndKind(manifest) === "/ConfigMap" ? manifest["data"] : undefined],
  ];
  for (const [path, map] of maps) {
    if (map === undefined || map === null) continue;
    if (!isMap(map)) return { path, message: "must be a map of texts" };
    for (const [key, value] of Object.entries(map))
      if (typeof value !== "string")
        return { path: [...path, key], message: `must be text, but is ${JSON.stringify(value)}. Write it in quotes` };
  }
  return undefined;
}
