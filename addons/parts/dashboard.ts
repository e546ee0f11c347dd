import type { Manifest } from "../contract/addon";

/** One graph: each result of a query is a line. */
export interface Panel {
  readonly title: string;
  /** PromQL. */
  readonly query: string;
  /** What a line is called, such as `{{namespace}}/{{name}}`. */
  readonly line: string;
  /** As Grafana spells it: short for a number, s for seconds, d for days. */
  readonly unit: "short" | "percentunit" | "reqps" | "bytes" | "s" | "ms" | "h" | "d";
}

export interface Dashboard {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export const panel = (title: string, unit: Panel["unit"], query: string, line: string): Panel => ({
  title,
  unit,
  query,
  line,
});

/** Grafana's grid is 24 wide: two graphs a row. */
const SIZE = { w: 12, h: 8 } as const;

/** The data source that is chosen above; without braces, which Terraform would read. */
const SOURCE = { type: "prometheus", uid: "$source" } as const;

/**
 * A dashboard as Grafana's sidecar finds it. Written here and not fetched from grafana.com by its number: Grafana would wait for that
 * at each start, and a private network never gets there.
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
