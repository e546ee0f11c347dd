import type { Cluster, Release } from "../../fleet/model/cluster";
import type { Layers } from "../../fleet/read/layers";
import { ExpectedError } from "../../language/expected-error";
import { DefinitionError } from "../../language/problem";
import type { ChartRegistry } from "./chart-registry";
import { withNewerCharts } from "./newer-charts";
import { pinnedVersions } from "./pinned-versions";
import type { ReleaseVersions, VersionsReport } from "./report";

export interface VersionsInput {
  readonly layers: Layers;
  /** Every cluster of the fleet. */
  readonly clusters: readonly Pick<Cluster, "release">[];
  /** Names of releases; empty for those that channels name. */
  readonly names: readonly string[];
  /** The day of the run, YYYY-MM-DD. */
  readonly today: string;
  /** The registry for comparing charts; undefined if they are not compared. */
  readonly registry: ChartRegistry | undefined;
}

/**
 * Returns the pins of releases, with the place where each version was seen and the users of each release.
 *
 * @throws ExpectedError if a named release does not exist
 */
export async function versionsOf({ clusters, layers, names, registry, today }: VersionsInput): Promise<VersionsReport> {
  const { seen } = layers;
  if (seen === undefined) throw new DefinitionError(layers.problems);
  const chosen = names.length > 0 ? names : promoted(layers);
  const pinned = chosen.map((name) =>
    pinnedVersions(releaseOf(layers, name), seen, today, {
      channels: channelsOf(layers).filter((channel) => layers.releaseOf(channel) === name),
      clusters: clusters.filter(({ release }) => release.name === name).length,
    }),
  );
  const releases: ReleaseVersions[] =
    registry === undefined ? pinned : await Promise.all(pinned.map((each) => withNewerCharts(each, registry)));
  return { version: 1, today, checked: registry !== undefined, releases, images: [], written: [] };
}

/** Returns the name of the newest release: names are dates. */
export function newestRelease(layers: Layers): string {
  const newest = layers.files.names("releases").at(-1);
  if (newest === undefined) throw new ExpectedError("there is no release to copy");
  return newest;
}

/** True if a newer version of anything exists. */
export function hasNewer({ releases }: VersionsReport): boolean {
  return releases.some(
    ({ charts, kubernetes }) =>
      charts.some(({ newer }) => newer !== null) ||
      kubernetes.some(({ pins }) => pins.some(({ newer }) => newer !== null)),
  );
}

function releaseOf(layers: Layers, name: string): Release {
  if (layers.files.layerFile("releases", name) === undefined)
    throw new ExpectedError(layers.files.unknown("releases", name));
  const { own } = layers.release(name);
  if (own === undefined) throw new DefinitionError(layers.problems);
  return own;
}

function channelsOf(layers: Layers): readonly string[] {
  const releases = layers.files.names("releases");
  return (layers.models() ?? []).filter((model) => !releases.includes(model));
}

function promoted(layers: Layers): readonly string[] {
  const named = new Set(channelsOf(layers).map((channel) => layers.releaseOf(channel)));
  return named.size > 0 ? [...named].sort() : [newestRelease(layers)];
}
