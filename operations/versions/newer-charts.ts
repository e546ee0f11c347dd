import { type ChartRegistry, RegistryError } from "./chart-registry";
import { laterReleases, supportsAll } from "./compare";
import type { ChartPin, ReleaseVersions } from "./report";

/** Later versions of a chart that are looked at when the latest ones do not support a Kubernetes version of the release. */
const MOST_TRIED = 5;

/**
 * Returns a release with the newest version of each chart that supports every Kubernetes version of the release. If a registry cannot be
 * reached, its charts stay as they are, with the reason.
 */
export async function withNewerCharts(release: ReleaseVersions, registry: ChartRegistry): Promise<ReleaseVersions> {
  const minors = release.kubernetes.map(({ version }) => version);
  const answers = new Map<string, Promise<Pick<ChartPin, "newer" | "not_checked">>>();
  const charts = await Promise.all(
    release.charts.map(async (pin) => {
      const key = JSON.stringify([pin.repository, pin.chart, pin.version]); // some addons share a chart
      const answer = answers.get(key) ?? newerThan(pin, minors, registry);
      answers.set(key, answer);
      return { ...pin, ...(await answer) };
    }),
  );
  return { ...release, charts };
}

async function newerThan(
  pin: ChartPin,
  minors: readonly string[],
  registry: ChartRegistry,
): Promise<Pick<ChartPin, "newer" | "not_checked">> {
  try {
    const { url, versions } = await registry.versions(pin);
    const known = new Map(versions.map(({ kubeVersion, version }) => [version, kubeVersion]));
    for (const version of laterReleases([...known.keys()], pin.version).slice(0, MOST_TRIED)) {
      const listed = known.get(version);
      const kube_version = listed === undefined ? await registry.kubeVersion(pin, version) : listed;
      if (supportsAll(kube_version, minors)) return { newer: { version, kube_version, url }, not_checked: null };
    }
    return { newer: null, not_checked: null };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    return { newer: null, not_checked: error.message };
  }
}
