import type { Problem } from "../../../language/problem";
import { listed } from "../../../language/suggest";
import { descend, placeOf } from "../../../language/yaml/tree";
import type { KubernetesVersion, Release, SeenVersions } from "../../model/cluster";
import type { Layers } from "../../read/layers";

/** A version that a release pins for one Kubernetes version. */
export interface Pin {
  readonly minor: string;
  /** Its keys below the Kubernetes version; the last one is its name. */
  readonly path: readonly string[];
  readonly version: string;
  /** Where and when it was seen; undefined if it was never seen with this Kubernetes version. */
  readonly seen: string | undefined;
}

/** Returns what a release pins for its Kubernetes versions, in the order of the file. */
export function pinsOf(release: Pick<Release, "kubernetes">, seen: SeenVersions): Pin[] {
  return Object.entries(release.kubernetes).flatMap(([minor, pins]) => {
    const { eks_addons, images = {}, ...nodes } = pins satisfies KubernetesVersion;
    return [
      ...pinned(
        nodes,
        (name) => [name],
        (name) => seen[name as keyof typeof nodes],
      ),
      ...pinned(
        eks_addons,
        (name) => ["eks_addons", name],
        (name) => seen.eks_addons?.[name],
      ),
      ...pinned(
        images,
        (name) => ["images", name],
        (name) => seen.images?.[name as keyof typeof images],
      ),
    ].map(({ sightings, ...pin }) => ({ minor, ...pin, seen: sightings?.[pin.version]?.[minor] }));
  });
}

type Sightings = SeenVersions["ami_release_version"];

function pinned(
  versions: Readonly<Record<string, string | undefined>>,
  path: (name: string) => readonly string[],
  sightings: (name: string) => Sightings,
) {
  return Object.entries(versions).flatMap(([name, version]) =>
    version === undefined ? [] : [{ path: path(name), version, sightings: sightings(name) }],
  );
}

/**
 * Warns of versions in releases that were never seen at EKS with that Kubernetes version, once per Kubernetes version. EKS refuses
 * a version that it does not have, but it may have versions that are newer than the list: therefore this is no error.
 */
export function seenVersionProblems(layers: Layers): Problem[] {
  const { seen } = layers;
  if (seen === undefined) return [];
  return [...layers.everyRead()].flatMap(({ folder, name, root }) => {
    const release = folder === "releases" ? layers.release(name).own : undefined;
    if (release === undefined) return [];
    const unseen = pinsOf(release, seen).filter((pin) => pin.seen === undefined && !mayBeUnseen(pin, name, seen));
    return Object.keys(release.kubernetes).flatMap((minor): Problem[] => {
      const pins = unseen.filter((pin) => pin.minor === minor);
      const [first] = pins;
      if (first === undefined) return [];
      const path = ["kubernetes", minor];
      const versions = listed(pins.map((pin) => `${pin.path.at(-1)} ${pin.version}`));
      const message = `pins versions that are not in seen-versions.yaml: ${versions}. EKS refuses a version that it does not have. Add each to that file, with the place and the date at which you saw it, or use a listed version`;
      const place = placeOf(descend(root, [...path, ...first.path]).tree);
      return [{ rule: "seen-versions", severity: "warning", place, path: path.join("."), message }];
    });
  });
}

/** True if a release has a version that was never seen. */
function mayBeUnseen({ minor, path }: Pin, release: string, { never_seen = {} }: SeenVersions): boolean {
  return never_seen[release]?.[minor]?.includes(path.at(-1) ?? "") ?? false;
}
