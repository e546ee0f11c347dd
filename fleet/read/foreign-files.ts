import type { Problem } from "../../language/problem";
import { type MapTree, placeOf } from "../../language/yaml/tree";

/** Files of other programs that describe a cluster: a part of `apiVersion`, and advice. */
const OF_OTHER_TOOLS: readonly {
  readonly group: string;
  readonly is: string;
  readonly advice: (file: string) => string;
}[] = [
  {
    group: "eksctl.io/",
    is: "a ClusterConfig of eksctl",
    advice: (file) => `Move it out of the definitions, and write a definition from it: npx fleet import eksctl ${file}`,
  },
  {
    group: "kops.k8s.io/",
    is: "a file of kOps",
    advice: () =>
      "Move it out of the definitions, and write a definition of the cluster with npx fleet new. docs/coming-from.md lists the keys of kOps",
  },
  {
    group: "cluster.x-k8s.io/",
    is: "a file of Cluster API",
    advice: () => "Move it out of the definitions, and write a definition of the cluster with npx fleet new",
  },
];

/**
 * Returns the one problem of a file that is an object of Kubernetes or of another program, recognized by `apiVersion` and `kind` in
 * place of `meta` and `tfvars`; undefined for other files. Its keys would otherwise be reported one by one.
 */
export function foreignFile(root: MapTree): Problem | undefined {
  const version = textAt(root, "apiVersion");
  const kind = textAt(root, "kind");
  if (version === undefined || kind === undefined || root.entries.has("meta") || root.entries.has("tfvars"))
    return undefined;
  const place = placeOf(root.entries.get("apiVersion") ?? root);
  const known = OF_OTHER_TOOLS.find(({ group }) => version.includes(group));
  const file = place.file.split("/").at(-1) ?? place.file;
  const message =
    known === undefined
      ? `is a Kubernetes object (${kind}), not a definition. Move it to the cluster's file, under tfvars.extra_manifests, or let Flux or Argo CD apply it`
      : `is ${known.is}, not a definition. ${known.advice(file)}`;
  return { rule: "unreadable-file", severity: "error", place, path: "", message };
}

function textAt({ entries }: MapTree, key: string): string | undefined {
  const value = entries.get(key)?.value;
  return value?.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
}
