import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Table from "cli-table3";
import YAML from "yaml";
import type { Cluster } from "../../fleet/model/cluster";
import { valueAt } from "../../language/plain-map";
import { chartFolder, HELM } from "./chart-source";
import { firstColumn } from "./checkov";
import { deadValues, PAGE } from "./dead-values-of-charts";
import { withStacks } from "./fleets";
import { objectsOf } from "./pod-probes";
import { missingSettings } from "./pod-settings";
import { kindOfRelease, type Release, releasesOf, unservedVersions } from "./releases";
import { render, type WithChart } from "./render";
import { inParallel, outputOf } from "./tool";

/** Lints and renders every release for every Kubernetes minor of its platform release, and looks for values without an effect. */
export async function verifyCharts(): Promise<readonly string[]> {
  return withStacks(async (stacks) => {
    const distinct = new Map<string, { release: Release; minors: readonly string[]; stack: string }>();
    let releases = 0;
    for (const { json, cluster, directory, definitions } of stacks) {
      const minors = minorsOf(cluster, definitions);
      for (const release of releasesOf(json, cluster.name)) {
        releases += 1;
        distinct.set(`${kindOfRelease(release)} ${minors.join()}`, { release, minors, stack: directory });
      }
    }
    const { charts, missing } = await withCharts([...distinct.values()]);
    const explained = firstColumn(readFileSync(PAGE, "utf8"), /[\w-]+: [\w-]+: [\w./-]+/g);
    const failures = (await inParallel(charts, (chart) => failuresOf(chart, explained))).flat();
    print(charts, failures);
    const renders = charts.reduce((sum, { minors }) => sum + minors.length, 0);
    const version = (await outputOf(HELM, ["version", "--short"])).trim();
    console.log(`Helm ${version}: ${releases} releases, ${charts.length} of them distinct, ${renders} renders`);
    for (const failure of failures) console.log(failure); // the search for values without effect takes long

    const sound = charts.filter(({ name }) => !failures.some((failure) => failure.startsWith(`${name} `)));
    const { dead, tried } = await deadValues(sound.filter(({ repository }) => repository !== undefined));
    console.log(`${tried} values removed, ${dead.length} of them without an effect`);
    return [...missing, ...failures, ...dead];
  });
}

/** Returns the Kubernetes minors of a cluster's platform release. */
function minorsOf({ release }: Cluster, definitions: string): readonly string[] {
  const own = join(definitions, "releases", `${release.name}.yaml`);
  const file = existsSync(own) ? own : join("definitions", "releases", `${release.name}.yaml`);
  return Object.keys(valueAt(YAML.parse(readFileSync(file, "utf8")), "kubernetes") ?? {});
}

/** Returns releases with the folders of their charts, and a finding for each chart that is not there. */
async function withCharts(
  all: readonly { readonly release: Release; readonly minors: readonly string[]; readonly stack: string }[],
): Promise<{ readonly charts: readonly WithChart[]; readonly missing: readonly string[] }> {
  const charts: WithChart[] = [];
  const missing = new Set<string>();
  for (const { release, minors, stack } of all) {
    try {
      const folder = release.repository === undefined ? join(stack, release.chart) : await chartFolder(release);
      charts.push({ ...release, minors, folder });
    } catch (error) {
      missing.add(
        `${release.chart} ${release.version} is not checked. ${error instanceof Error ? error.message : error}`,
      );
    }
  }
  return { charts, missing: [...missing] };
}

/** Returns the complaints of `helm lint` and of the renders of a release. */
async function failuresOf(release: WithChart, explained: ReadonlySet<string>): Promise<readonly string[]> {
  const found: string[] = [];
  let rendered = "";
  for (const minor of release.minors) {
    try {
      rendered = await render(release, { minor, words: ["--skip-tests"] });
      const unserved = unservedVersions(rendered);
      if (unserved.length > 0) found.push(`uses ${unserved.join(", ")}, which Kubernetes ${minor} does not serve`);
    } catch (error) {
      found.push(`does not render for Kubernetes ${minor}. ${error instanceof Error ? error.message : error}`);
    }
  }
  if (found.length === 0 && release.repository !== undefined) {
    const words = ["lint", release.folder, "--quiet", "--values", "-", "--namespace", release.namespace];
    const input = JSON.stringify(release.values);
    await outputOf(HELM, words, { input }).catch((error: Error) =>
      found.push(`is refused by helm lint. ${error.message}`),
    );
  }
  if (!release.extra && rendered !== "")
    for (const { of, setting } of missingSettings([...objectsOf(rendered), ...release.budgets]))
      if (!explained.has(`${release.chart}: ${setting}: ${of}`)) found.push(`lacks ${setting} of ${of}`);
  return found.map((each) => `${release.name} (${release.chart} ${release.version}) of ${release.cluster} ${each}`);
}

function print(charts: readonly WithChart[], failures: readonly string[]): void {
  const head = ["chart", "version", "releases", "Kubernetes", "failures"];
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  const rows = new Map<string, WithChart[]>();
  for (const each of charts) {
    const key = each.repository === undefined ? "charts/manifests" : each.chart;
    rows.set(key, [...(rows.get(key) ?? []), each]);
  }
  for (const [chart, releases] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const versions = new Set(releases.flatMap(({ version }) => version ?? []));
    const minors = [...new Set(releases.flatMap((each) => each.minors))].sort();
    const failed = failures.filter((each) => releases.some(({ name }) => each.startsWith(`${name} `)));
    table.push([chart, [...versions].join(" "), releases.length, minors.join(" "), failed.length]);
  }
  console.log(table.toString());
}
