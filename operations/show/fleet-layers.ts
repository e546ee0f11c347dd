import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DefinitionFiles, LayerFolder } from "../../fleet/read/files";
import type { FleetLayer, FleetLayersReport } from "./report";

/** Relation of a directory's file to the program's file: merged over it, in place of it, or without one. */
type Sharing = "over" | "instead" | "alone";

/** Data files besides the layers. */
const FACTS: readonly (readonly [name: string, Sharing])[] = [
  ["regions.yaml", "instead"],
  ["kubernetes-support.yaml", "instead"],
  ["seen-versions.yaml", "over"],
  ["ranges.yaml", "alone"],
  ["pipelines.yaml", "alone"],
  ["rollouts.yaml", "alone"],
];

/** Returns every file that the clusters of a directory can depend on, the lowest layer first, and after the layers the other data. */
export function fleetLayers(files: DefinitionFiles, shipped: string): FleetLayersReport {
  const found = (layer: FleetLayer["layer"], name: string | null, path: string, sharing: Sharing): FleetLayer[] => {
    const [own, theirs] = [join(files.directory, path), join(shipped, path)];
    const isOwn = existsSync(own);
    const isTheirs = sharing !== "alone" && files.isFallback(theirs) && existsSync(theirs);
    const below: FleetLayer = { layer, name, file: theirs, shipped: true, replaces: null, adds_to: null };
    const above: FleetLayer = {
      layer,
      name,
      file: own,
      shipped: false,
      replaces: isTheirs && sharing === "instead" ? theirs : null,
      adds_to: isTheirs && sharing === "over" ? theirs : null,
    };
    return [...(isTheirs && (sharing === "over" || !isOwn) ? [below] : []), ...(isOwn ? [above] : [])];
  };
  const named = (layer: FleetLayer["layer"], folder: LayerFolder, sharing: Sharing): FleetLayer[] =>
    files.names(folder).flatMap((name) => found(layer, name, join(folder, `${name}.yaml`), sharing));
  return {
    version: 1,
    directory: files.directory,
    layers: [
      ...found("defaults", null, "defaults.yaml", "over"),
      ...named("release", "releases", "instead"),
      ...found("channel", null, "channels.yaml", "instead"),
      ...named("account", "accounts", "alone"),
      ...named("tier", "tiers", "alone"),
      ...FACTS.flatMap(([path, sharing]) => found("facts", null, path, sharing)),
    ],
    clusters: files.clusterFiles().length,
  };
}
