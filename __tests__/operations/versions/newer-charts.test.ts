import { type ChartRegistry, RegistryError } from "../../../operations/versions/chart-registry";
import { withNewerCharts } from "../../../operations/versions/newer-charts";
import type { ChartPin, ReleaseVersions } from "../../../operations/versions/report";

const pin = (addon: string, version = "1.0.0"): ChartPin => ({
  addon,
  repository: "https://charts.example.com",
  chart: "a",
  version,
  kube_version: null,
  seen: null,
  newer: null,
  not_checked: null,
});

const release = (...charts: readonly ChartPin[]): ReleaseVersions => ({
  name: "2026.12",
  channels: [],
  clusters: 0,
  kubernetes: ["1.35", "1.36"].map((version) => ({ version, pins: [] })),
  charts,
});

/** A registry that lists these versions with the Kubernetes versions that they support; undefined if only kubeVersion tells. */
function registry(versions: Readonly<Record<string, string | null | undefined>>, detail: string | null = null) {
  const asked: string[] = [];
  const answers: ChartRegistry = {
    versions: async () => {
      asked.push("list");
      return {
        url: "there",
        versions: Object.entries(versions).map(([version, kubeVersion]) => ({ version, kubeVersion })),
      };
    },
    kubeVersion: async (_, version) => {
      asked.push(version);
      return detail;
    },
  };
  return { asked, answers };
}

const newerIn = async (answers: ChartRegistry, each = pin("a")) =>
  (await withNewerCharts(release(each), answers)).charts[0];

test("the newest version that supports every Kubernetes version of the release is found", async () => {
  const { answers } = registry({ "1.1.0": ">=1.30.0-0", "1.2.0": ">=1.36.0-0", "2.0.0-rc.1": null, "0.9.0": null });
  expect(await newerIn(answers)).toMatchObject({
    newer: { version: "1.1.0", kube_version: ">=1.30.0-0", url: "there" },
    not_checked: null,
  });
});

test("nothing is newer than the newest version", async () => {
  const { answers } = registry({ "1.0.0": null, "0.9.0": null });
  expect(await newerIn(answers)).toMatchObject({ newer: null, not_checked: null });
});

test("only the newest version is requested from a registry that does not list Kubernetes versions", async () => {
  const { answers, asked } = registry({ "1.1.0": undefined, "1.2.0": undefined }, ">=1.30.0-0");
  expect(await newerIn(answers)).toMatchObject({ newer: { version: "1.2.0", kube_version: ">=1.30.0-0" } });
  expect(asked).toEqual(["list", "1.2.0"]);
});

test("at most 5 versions that support no Kubernetes version of the release are examined", async () => {
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, each) => [`1.${each + 1}.0`, undefined]));
  const { answers, asked } = registry(many, ">=1.40.0-0");
  expect(await newerIn(answers)).toMatchObject({ newer: null });
  expect(asked).toEqual(["list", "1.9.0", "1.8.0", "1.7.0", "1.6.0", "1.5.0"]);
});

test("a chart that addons share is requested once", async () => {
  const { answers, asked } = registry({ "1.1.0": null });
  const { charts } = await withNewerCharts(release(pin("a"), pin("b")), answers);
  expect(charts.map(({ newer }) => newer?.version)).toEqual(["1.1.0", "1.1.0"]);
  expect(asked).toEqual(["list"]);
});

test("a registry that does not answer leaves its chart, with the reason; another error is not hidden", async () => {
  const failing = (error: Error): ChartRegistry => ({
    versions: () => Promise.reject(error),
    kubeVersion: () => Promise.reject(error),
  });
  expect(await newerIn(failing(new RegistryError("unreachable", "gone")))).toMatchObject({
    newer: null,
    not_checked: "gone",
  });
  await expect(newerIn(failing(new TypeError("defect")))).rejects.toThrow("defect");
});
