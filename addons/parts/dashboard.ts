import type { Addon, Manifest } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import type { Dashboard } from "../contract/dashboard";
import { monitored } from "./monitoring";

/** Grafana's grid is 24 wide: two graphs a row. */
const SIZE = { w: 12, h: 8 } as const;

/** The data source that the reader chooses above the graphs. Without braces, which Terraform would read. */
const SOURCE = { type: "prometheus", uid: "$source" } as const;

/** Returns the ConfigMap of an addon's dashboard, if it has one and there is a Grafana to show it. */
export function dashboardOf(
  { dashboard, name, namespace }: Pick<Addon, "dashboard" | "name" | "namespace">,
  context: AddonContext,
): readonly Manifest[] {
  return dashboard === undefined || !monitored(context) ? [] : [dashboardManifest({ name, namespace }, dashboard)];
}

/**
 * Returns a dashboard as Grafana's sidecar finds it. It is not fetched from grafana.com by its number: Grafana would wait for
 * that at each start, and a private network cannot reach it.
 */
export function dashboardManifest(
  addon: { readonly name: string; readonly namespace: string },
  { panels, title }: Dashboard,
): Manifest {
  const id = `platform-${addon.name.replaceAll("_", "-")}`;
  const dashboard = {
    uid: id,
    title,
    tags: ["platform"],
    schemaVersion: 39,
    time: { from: "now-6h", to: "now" },
    refresh: "1m",
    templating: { list: [{ name: "source", label: "Prometheus", type: "datasource", query: "prometheus" }] },
    panels: panels.map((panel, index) => ({
      id: index + 1,
      type: "timeseries",
      title: panel.title,
      gridPos: { ...SIZE, x: (index % 2) * SIZE.w, y: Math.floor(index / 2) * SIZE.h },
      datasource: SOURCE,
      fieldConfig: { defaults: { unit: panel.unit, min: 0 }, overrides: [] },
      targets: [{ refId: "A", datasource: SOURCE, expr: panel.query, legendFormat: panel.line }],
    })),
  };
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: `${id}-dashboard`, namespace: addon.namespace, labels: { grafana_dashboard: "1" } },
    data: { [`${id}.json`]: JSON.stringify(dashboard) },
  };
}
