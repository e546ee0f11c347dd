import { type Pin, pinsOf } from "../../fleet/checks/fleet/seen-versions";
import type { Release, SeenVersions } from "../../fleet/model/cluster";
import { valueAt } from "../../language/plain-map";
import { compareVersions, latest } from "./compare";
import type { ReleaseVersions, VersionPin } from "./report";

const DAY = 24 * 60 * 60 * 1000;

/** The channels and clusters that use a release. */
export interface Usage {
  readonly channels: readonly string[];
  readonly clusters: number;
}

/** Returns the pins of a release, the place and time where each version was seen, and newer versions from the list of seen versions. */
export function pinnedVersions(release: Release, seen: SeenVersions, today: string, usage: Usage): ReleaseVersions {
  const pins = pinsOf(release, seen);
  return {
    name: release.name,
    channels: [...usage.channels],
    clusters: usage.clusters,
    kubernetes: Object.keys(release.kubernetes).map((version) => ({
      version,
      pins: pins.filter(({ minor }) => minor === version).map((pin) => pinned(pin, seen, today)),
    })),
    charts: Object.entries(release.charts).flatMap(([addon, chart]) =>
      chart === undefined
        ? []
        : [
            {
              addon,
              repository: chart.repository,
              chart: chart.chart,
              version: chart.version,
              kube_version: chart.kube_version ?? null,
              seen: seen.charts?.[addon]?.[chart.version] ?? null,
              newer: null,
              not_checked: null,
            },
          ],
    ),
  };
}

function pinned({ minor, path, seen: sighting, version }: Pin, seen: SeenVersions, today: string): VersionPin {
  const newest = newestSeen(seen, path, minor);
  return {
    path: path.join("."),
    version,
    seen: sighting ?? null,
    age_days: ageOf(version, sighting ?? null, today),
    newer: newest !== undefined && compareVersions(version, newest) < 0 ? newest : null,
  };
}

/** Returns the latest version that was seen with a Kubernetes version, at the path of its pin. */
export function newestSeen(seen: SeenVersions, path: readonly string[], minor: string): string | undefined {
  const sightings = (valueAt(seen, ...path) ?? {}) as Readonly<Record<string, Readonly<Record<string, string>>>>;
  return latest(Object.keys(sightings).filter((version) => sightings[version]?.[minor] !== undefined));
}

/** Returns the days since an image was built, by the date in its version, or since the version was seen last. */
function ageOf(version: string, sighting: string | null, today: string): number | null {
  const [, year, month, day] = /-(20\d\d)\.?([01]\d)\.?([0-3]\d)$/.exec(version) ?? [];
  const [, seen] = /(\d{4}-\d{2}(?:-\d{2})?)$/.exec(sighting ?? "") ?? [];
  const from = year === undefined ? seen : `${year}-${month}-${day}`;
  const days = from === undefined ? Number.NaN : Math.floor((Date.parse(today) - Date.parse(from)) / DAY);
  return Number.isNaN(days) ? null : Math.max(0, days);
}
