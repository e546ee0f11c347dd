import { isMap, type PlainMap } from "../../language/plain-map";

/** A Kubernetes object as a definition wrote it: nothing of it is sure. */
export type WrittenObject = PlainMap;

/** `group/Kind`, such as `apps/Deployment`; the core group is empty. Versions of one group share their objects. */
export function groupAndKind({ apiVersion, kind }: WrittenObject): string {
  const [group = "", version] = String(apiVersion).split("/");
  return `${version === undefined ? "" : group}/${String(kind)}`;
}

/** The same of the kind that a CustomResourceDefinition brings; undefined of any other object. */
export function kindBrought({ kind, spec }: WrittenObject): string | undefined {
  if (kind !== "CustomResourceDefinition" || !isMap(spec) || !isMap(spec["names"])) return undefined;
  return `${String(spec["group"])}/${String(spec["names"]["kind"])}`;
}

/** Name of the namespace that an object is. */
export function namespaceMade(written: WrittenObject): string | undefined {
  return groupAndKind(written) === "/Namespace" ? textOf(written, "name") : undefined;
}

/** The namespace of an object, from its metadata. */
export function namespaceNamed(written: WrittenObject): string | undefined {
  return textOf(written, "namespace");
}

function textOf({ metadata }: WrittenObject, key: string): string | undefined {
  const value = isMap(metadata) ? metadata[key] : undefined;
  return typeof value === "string" ? value : undefined;
}
