import type { Cluster } from "../model/cluster";
import { groupAndKind, kindBrought, namespaceMade, namespaceNamed } from "./manifests";

export type ExtraChart = Cluster["tfvars"]["extra_charts"][number];
export type ExtraManifests = Cluster["tfvars"]["extra_manifests"][number];
/** Either of them: they share their names, and may wait for each other. */
export type Extra = ExtraChart | ExtraManifests;

/** All extras of a cluster. */
export type Extras = Pick<Cluster["tfvars"], "extra_charts" | "extra_manifests">;

/**
 * Returns what an extra requires besides every addon: the releases that it names, those that create its namespaces, and those that
 * install the kinds of its objects.
 */
export function comesBefore(extra: Extra, { extra_charts, extra_manifests }: Extras): readonly string[] {
  const namespaces = namespacesOf(extra);
  const kinds = new Set("manifests" in extra ? extra.manifests.map(groupAndKind) : []);
  const charts = [...namespaces].flatMap(
    (name) => extra_charts.find(({ namespace, pod_security }) => pod_security !== null && namespace === name) ?? [],
  );
  const objects = extra_manifests.filter(({ manifests }) =>
    manifests.some((written) => namespaces.has(namespaceMade(written) ?? "") || kinds.has(kindBrought(written) ?? "")),
  );
  const makers = [...charts, ...objects].map(({ name }) => name);
  return [...new Set([...(extra.after ?? []), ...makers])].filter((name) => name !== extra.name);
}

/** Returns the charts that are installed before the first node, or those that are installed with the addons. */
export function chartsOf(extra_charts: readonly ExtraChart[], place: "before nodes" | "with addons"): ExtraChart[] {
  return extra_charts.filter(({ before_nodes = false }) => before_nodes === (place === "before nodes"));
}

/** Namespaces that must be there before it: that of its release, and those that its objects name. */
export function namespacesOf(extra: Extra): ReadonlySet<string> {
  const named = "manifests" in extra ? extra.manifests.map(namespaceNamed) : [];
  return new Set([extra.namespace, ...named.filter((name) => name !== undefined)]);
}
