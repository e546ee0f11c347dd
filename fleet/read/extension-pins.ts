import type { Problem } from "../../language/problem";
import { descend, type MapTree, type Tree, withEntries } from "../../language/yaml/tree";
import { parseWithPlaces } from "../parse/parse-with-places";
import { extensionVersions } from "./extension-versions";
import type { DefinitionFiles } from "./files";
import { layMapOver } from "./layer-parts";

/** The versions of a repository's own addons, which lie below those of each release: `extensions.yaml`. */
export class ExtensionPins {
  readonly problems: readonly Problem[];
  private readonly root: MapTree | undefined;

  constructor(files: DefinitionFiles) {
    const file = files.own("extensions.yaml");
    const parsed = file?.root === undefined ? [] : parseWithPlaces(file.root, extensionVersions).problems;
    this.problems = [...(file?.problems ?? []), ...parsed];
    this.root = this.problems.some(({ severity }) => severity === "error") ? undefined : file?.root;
  }

  /** Returns a release with these versions below its own. */
  below(name: string, release: MapTree | undefined): MapTree | undefined {
    if (this.root === undefined || release === undefined) return release;
    const charts = this.laid("charts", name);
    const eksAddons = this.laid("eks_addons", name);
    const withCharts = charts === undefined ? release : layMapOver(mapWith(release, { charts }), release);
    const minors = release.entries.get("kubernetes")?.value;
    if (eksAddons === undefined || minors?.kind !== "map") return withCharts;
    const versions = [...minors.entries.keys()].map((minor) => [minor, mapWith(release, { eks_addons: eksAddons })]);
    return layMapOver(mapWith(release, { kubernetes: mapWith(release, Object.fromEntries(versions)) }), withCharts);
  }

  /** Returns a key of the file, merged over that of a release. */
  private laid(key: "charts" | "eks_addons", release: string): MapTree | undefined {
    const [all, own] = [[key], ["releases", release, key]].map((path) => this.mapAt(path));
    return all === undefined || own === undefined ? (own ?? all) : layMapOver(all, own);
  }

  private mapAt(path: readonly string[]): MapTree | undefined {
    if (this.root === undefined) return undefined;
    const { complete, tree } = descend(this.root, path);
    return complete && tree.kind === "map" ? tree : undefined;
  }
}

/** Returns a map of trees, at the place of another. */
function mapWith({ offset, source }: MapTree, values: Readonly<Record<string, Tree>>): MapTree {
  const empty: MapTree = { kind: "map", entries: new Map(), source, offset };
  const entries = Object.entries(values).map(([key, value]) => [
    key,
    { value, source: value.source, offset: value.offset },
  ]);
  return withEntries(empty, Object.fromEntries(entries));
}
