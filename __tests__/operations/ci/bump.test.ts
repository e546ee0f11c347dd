import { bumpOf } from "../../../operations/ci/bump";
import type { ChartPin, VersionPin, VersionsReport } from "../../../operations/versions/report";

const chart = (addon: string, more: Partial<ChartPin> = {}): ChartPin => ({
  ...{ addon, repository: "https://charts.example", chart: addon, version: "1.0.0", kube_version: null },
  ...{ seen: null, newer: null, not_checked: null },
  ...more,
});
const report = (charts: ChartPin[], pins: VersionPin[] = [], written: string[] = []): VersionsReport => ({
  ...{ version: 1, today: "2026-11-30", checked: true, images: [], written },
  releases: [{ name: "2026.12", channels: [], clusters: 1, kubernetes: [{ version: "1.35", pins }], charts }],
});
const newer = (version: string) => ({ version, kube_version: null, url: "https://charts.example" });

test("the pull request lists what is newer, and nothing else", () => {
  const coredns: VersionPin = { path: "eks_addons.coredns", version: "v1", seen: null, age_days: null, newer: "v2" };
  const charts = [chart("traefik", { newer: newer("2.0.0") }), chart("velero")];

  expect(bumpOf(report(charts, [coredns], ["definitions/releases/2027.01.yaml"])).body).toBe(
    [
      "Written: `definitions/releases/2027.01.yaml`.",
      "",
      "| pin | version | newer |",
      "| --- | --- | --- |",
      "| eks_addons.coredns, Kubernetes 1.35 | v1 | v2 |",
      "| traefik | 1.0.0 | 2.0.0 |",
      "",
    ].join("\n"),
  );
});

test("a version from a registry writes nothing but its cell", () => {
  const { body } = bumpOf(report([chart("traefik", { newer: newer("2 | @everyone <b>") })]));

  expect(body).toContain("| traefik | 1.0.0 | 2 \\| @\u200beveryone &lt;b> |");
});

test.each<[string, ChartPin[], boolean, string[]]>([
  ["every registry answers", [chart("a"), chart("b")], true, []],
  ["one registry does not", [chart("a"), chart("b", { not_checked: "b is down" })], true, ["b is down"]],
  ["none does", [chart("a", { not_checked: "down" }), chart("b", { not_checked: "down" })], false, ["down"]],
])("if %s, the job says so", (_, charts, reached, problems) => {
  expect(bumpOf(report(charts))).toMatchObject({ reached, problems });
});
