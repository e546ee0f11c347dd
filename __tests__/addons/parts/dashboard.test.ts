import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { dashboardManifest, dashboardOf } from "../../../addons/parts/dashboard";
import { contextOf, monitoredContext } from "../support/context";

const addons = Object.values<Addon>(catalogue).flatMap(({ dashboard, kind, name }) =>
  dashboard === undefined ? [] : [{ name, kind, panels: dashboard.panels }],
);
const panels = addons.flatMap(({ name, panels: list }) => list.map((panel) => [name, panel.title, panel] as const));

test("a dashboard is a ConfigMap with the label that Grafana's sidecar selects, and has two graphs in a row", () => {
  const panel = { title: "Work", unit: "reqps", query: "sum(rate(work_total[5m]))", line: "{{kind}}" } as const;
  const { data, ...manifest } = dashboardManifest(
    { name: "some_addon", namespace: "some" },
    { title: "Some", panels: [panel, panel, panel] },
  );
  const [[file, text] = []] = Object.entries(data as Record<string, string>);
  const dashboard = JSON.parse(text ?? "");

  expect(manifest).toEqual({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "platform-some-addon-dashboard", namespace: "some", labels: { grafana_dashboard: "1" } },
  });
  expect(file).toBe("platform-some-addon.json");
  expect({ uid: dashboard.uid, title: dashboard.title }).toEqual({ uid: "platform-some-addon", title: "Some" });
  expect(dashboard.templating.list).toEqual([
    { name: "source", label: "Prometheus", type: "datasource", query: "prometheus" },
  ]);
  expect(dashboard.panels.map(({ gridPos }: { gridPos: object }) => gridPos)).toEqual([
    { w: 12, h: 8, x: 0, y: 0 },
    { w: 12, h: 8, x: 12, y: 0 },
    { w: 12, h: 8, x: 0, y: 8 },
  ]);
  expect(dashboard.panels[2]).toMatchObject({
    id: 3,
    type: "timeseries",
    title: "Work",
    fieldConfig: { defaults: { unit: "reqps", min: 0 }, overrides: [] },
    targets: [{ expr: "sum(rate(work_total[5m]))", legendFormat: "{{kind}}" }],
  });
});

test("a cluster without Prometheus has no dashboard", () => {
  expect(dashboardOf(catalogue.velero, monitoredContext).map(({ metadata }) => metadata)).toEqual([
    { name: "platform-velero-dashboard", namespace: "velero", labels: { grafana_dashboard: "1" } },
  ]);
  expect(dashboardOf(catalogue.velero, contextOf())).toEqual([]);
  expect(dashboardOf(catalogue.headlamp, monitoredContext)).toEqual([]);
});

test("an addon whose chart brings a dashboard has none of its own", () => {
  const withOne = ["external_secrets", "falco", "fluent_bit", "kyverno", "loki", "nodelocal_dns"];

  expect(addons.filter(({ name }) => withOne.includes(name))).toEqual([]);
  expect(addons.filter(({ kind }) => kind !== "helm")).toEqual([]);
});

test.each(panels)(
  "%s, %s: the query closes its brackets, and contains no Terraform expression",
  (_addon, _title, panel) => {
    const count = (character: string) => panel.query.split(character).length;

    expect(["(", "[", "{"].map(count)).toEqual([")", "]", "}"].map(count));
    expect(count('"') % 2).toBe(1);
    expect(JSON.stringify(panel)).not.toMatch(/\$\{|%\{/);
  },
);

test.each(addons)("$name: no two graphs have the same title", ({ panels: list }) => {
  const titles = list.map(({ title }) => title);

  expect(new Set(titles).size).toBe(titles.length);
});
