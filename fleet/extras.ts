import type { Cluster } from "./cluster";

export type ExtraChart = Cluster["tfvars"]["extra_charts"][number];
export type ExtraManifests = Cluster["tfvars"]["extra_manifests"][number];
/** Either of them: they share their names, and may wait for each other. */
export type Extra = ExtraChart | ExtraManifests;

/** What must be there before an extra besides every addon: what it names, and the chart that makes its namespace. */
export function comesBefore(extra: Extra, charts: readonly ExtraChart[]): readonly string[] {
  const maker = charts.find((chart) => chart.pod_security !== null && chart.namespace === extra.namespace);
  return [...(extra.after ?? []), ...(maker === undefined || maker.name === extra.name ? [] : [maker.name])];
}
