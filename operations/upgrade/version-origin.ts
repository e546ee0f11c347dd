import { basename, dirname } from "node:path";
import type { Place } from "../../language/problem";

/** The place in the definitions that sets a cluster's version. */
export interface VersionOrigin {
  readonly place: Place;
  readonly layer: "cluster" | "release" | "channel" | "account" | "tier" | "defaults";
  /** Name of the layer; empty for defaults. */
  readonly name: string;
}

const FOLDERS = { accounts: "account", releases: "release", tiers: "tier" } as const;

/** Returns the layer of a place. */
export function originOf(place: Place, clusterFile: string, model: string): VersionOrigin {
  const { file } = place;
  if (file === clusterFile) return { place, layer: "cluster", name: basename(file, ".yaml") };
  const folder = basename(dirname(file));
  const layer = Object.hasOwn(FOLDERS, folder) ? FOLDERS[folder as keyof typeof FOLDERS] : undefined;
  if (layer !== undefined) return { place, layer, name: basename(file, ".yaml") };
  return basename(file) === "channels.yaml"
    ? { place, layer: "channel", name: model }
    : { place, layer: "defaults", name: "" };
}

/** Returns the file to change if the version is not in the cluster's own file; undefined if it is. */
export function adviceOn(origin: VersionOrigin, clusterFile: string, to: string): string | undefined {
  const { layer, name, place } = origin;
  if (layer === "cluster") return undefined;
  const from = `The version comes from ${layer === "defaults" ? layer : `${layer} ${name}`} (${place.file}:${place.line}:${place.column})`;
  const alone = `To upgrade this cluster alone, add kubernetes_version: "${to}" under tfvars.cluster in ${clusterFile}`;
  return layer === "release"
    ? `${from}, and a release never changes. To upgrade every cluster of a channel, name a release whose default is ${to} in channels.yaml. ${alone}`
    : `${from}, which other clusters use too. To upgrade them all, change it there. ${alone}`;
}
