import { descend, type MapTree, type Path } from "../../language/yaml/tree";
import { switchesOf } from "./layer-parts";

/** The layers that lie under a cluster's file. */
export interface ChosenLayers {
  /** The channel, or the release by its name. */
  readonly model: string;
  readonly release: string;
  readonly account: string;
  readonly tier: string;
  /** The platform that the cluster would have; null for none. The release need not have one of this name. */
  readonly platform: string | null;
  /** Addons of the platform that it switches on or off, because no other layer and not the cluster does. */
  readonly switched: readonly string[];
}

/** The files that layers are read from. */
interface LayerFiles {
  readonly defaults: MapTree;
  /** The release of a channel, or the name itself if it is a release's. */
  releaseOf(model: string): string;
  /** The layers between a platform and a cluster's file, the highest first, and last the release. */
  above(names: Pick<ChosenLayers, "account" | "model" | "release" | "tier">): readonly MapTree[];
  platforms(release: string): ReadonlyMap<string, MapTree>;
}

const PLATFORM = ["tfvars", "addons", "platform"] as const;

/** Returns the channel or the release that a cluster's file names, or that the defaults name for it. */
export function chosenModel(root: MapTree, { defaults }: Pick<LayerFiles, "defaults">): string {
  return textAt(root, ["meta", "RELEASE_MODEL"]) ?? textAt(defaults, ["meta", "RELEASE_MODEL"]) ?? "";
}

/** Returns the release of a cluster: the one on which it is held, its channel's, or the one that it names. */
export function chosenRelease(root: MapTree, layers: Pick<LayerFiles, "defaults" | "releaseOf">): string {
  return textAt(root, ["meta", "HOLD", "release"]) ?? layers.releaseOf(chosenModel(root, layers));
}

/** Returns the layers that a cluster's file names, or that the defaults name for it. */
export function chosenLayers(root: MapTree, layers: LayerFiles, none: string): ChosenLayers {
  const chosen = (key: string): string => textAt(root, ["meta", key]) ?? textAt(layers.defaults, ["meta", key]) ?? "";
  const [model, account, tier] = [chosenModel(root, layers), chosen("ACCOUNT"), chosen("TIER")];
  const names = { model, release: chosenRelease(root, layers), account, tier };
  const above = [root, ...layers.above(names)];
  const name = platformOf(above) ?? tier;
  const part = name === none ? undefined : layers.platforms(names.release).get(name);
  const switched = part === undefined ? [] : switchesOf(part).filter((addon) => !above.some(sets(addon)));
  return { ...names, platform: name === none ? null : name, switched };
}

const sets = (addon: string) => (root: MapTree) => descend(root, ["tfvars", "addons", addon, "enabled"]).complete;

/** Returns the platform that the highest layer with the key names; undefined if the tier's name decides. */
function platformOf(above: readonly MapTree[]): string | undefined {
  const naming = above.find((root) => descend(root, PLATFORM).complete);
  return naming === undefined ? undefined : textAt(naming, PLATFORM);
}

export function textAt(root: MapTree, path: Path): string | undefined {
  const { tree, complete } = descend(root, path);
  return complete && tree.kind === "scalar" && typeof tree.value === "string" ? tree.value : undefined;
}
