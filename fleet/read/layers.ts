import type { z } from "zod";
import type { Problem } from "../../language/problem";
import { didYouMean, listed } from "../../language/suggest";
import { treeOf } from "../../language/yaml/plain-tree";
import { type MapTree, placeOf } from "../../language/yaml/tree";
import type { Account, KubernetesSupport, Regions, Release, SeenVersions } from "../model/cluster";
import { parseWithPlaces } from "../parse/parse-with-places";
import { accountFile, defaultsFile, releaseFile, tierFile } from "../schema/layer-files";
import { channels, kubernetesSupport, regions, seenVersions } from "../schema/platform";
import { type DefinitionFiles, LAYER_FOLDERS, type LayerFolder } from "./files";
import { accountDefaults, definitionPart, layeredPart, layMapOver } from "./layer-parts";
import type { DefinitionFile } from "./read-definition";

/** A layer by its name: its own settings, and the part that clusters inherit. */
export interface Layer<Own> {
  /** Undefined if the file has an error: nothing can be concluded from it. */
  readonly own: (Own & { readonly name: string }) | undefined;
  /** The whole file, merged over its defaults, for places. */
  readonly root: MapTree | undefined;
}

/** The layers of one directory. Each is read once, for all clusters. */
export class Layers {
  readonly problems: Problem[] = [];
  /** Empty if the file has an error; checks that read it are then skipped. */
  readonly regions: Regions;
  readonly support: KubernetesSupport;
  /** Undefined if a file has an error. */
  readonly seen: SeenVersions | undefined;
  readonly serviceLevels: z.output<typeof defaultsFile>["sla_profiles"] | undefined;
  readonly defaults: MapTree;
  /** The files that `defaults` is from: the program's own and, over it, the directory's. */
  readonly defaultsFiles: ReadonlySet<string>;
  private readonly channels: Readonly<Record<string, string>> | undefined;
  private readonly found = new Map<string, Layer<unknown>>();
  private readonly merged = new Map<string, MapTree>();

  constructor(readonly files: DefinitionFiles) {
    this.regions = this.parsed(files.data("regions.yaml"), regions) ?? {};
    this.support = this.parsed(files.data("kubernetes-support.yaml"), kubernetesSupport) ?? {};
    this.channels = this.parsed(files.data("channels.yaml"), channels);
    const lists = files.levels("seen-versions.yaml");
    const seen = this.parsed({ root: this.laid(lists), problems: [] }, seenVersions);
    this.seen = lists.every(({ root }) => root !== undefined) ? seen : undefined;
    const defaultsRead = files.levels("defaults.yaml");
    this.defaultsFiles = new Set(defaultsRead.flatMap(({ root }) => root?.source.file ?? []));
    this.defaults = this.laid(defaultsRead);
    this.serviceLevels = this.parsed({ root: this.defaults, problems: [] }, defaultsFile)?.sla_profiles;
    this.checkChannels();
  }

  account(name: string): Layer<Omit<Account, "name">> {
    return this.layer("accounts", name, accountFile, accountDefaults(this.defaults));
  }

  release(name: string): Layer<Omit<Release, "name">> {
    return this.layer("releases", name, releaseFile);
  }

  tier(name: string): Layer<object> {
    return this.layer("tiers", name, tierFile);
  }

  /** The release that a RELEASE_MODEL means: a channel's, or the one of that name. */
  releaseOf(model: string): string {
    return this.channels !== undefined && Object.hasOwn(this.channels, model) ? (this.channels[model] ?? model) : model;
  }

  /** Channels and releases; undefined if the channels cannot be read, because no name can be judged then. */
  models(): readonly string[] | undefined {
    return this.channels === undefined ? undefined : [...Object.keys(this.channels), ...this.files.names("releases")];
  }

  /** Defaults, release, account and tier laid over each other: clusters of one kind share the work. */
  below(release: string, account: string, tier: string): MapTree {
    const key = JSON.stringify([release, account, tier]);
    const known = this.merged.get(key);
    if (known !== undefined) return known;
    const base = definitionPart(this.defaults);
    const merged = [this.release(release).root, this.account(account).root, this.tier(tier).root].reduce<MapTree>(
      (under, root) => (root === undefined ? under : layMapOver(under, layeredPart(root))),
      base,
    );
    this.merged.set(key, merged);
    return merged;
  }

  /** Reads all files in the folders of layers, used or not. */
  readAll(): void {
    for (const folder of LAYER_FOLDERS) for (const name of this.files.names(folder)) this.read(folder, name);
  }

  /** Every layer that was read, by folder and name. */
  *everyRead(): Generator<{ readonly folder: LayerFolder; readonly name: string; readonly root: MapTree }> {
    for (const folder of LAYER_FOLDERS) {
      for (const name of this.files.names(folder)) {
        const root = this.found.get(`${folder}/${name}`)?.root;
        if (root !== undefined) yield { folder, name, root };
      }
    }
  }

  /** Returns the message about a name that has no file in the folder. */
  unknown(folder: LayerFolder, name: string): string {
    const kind = folder.slice(0, -1);
    const known = this.files.names(folder);
    return `unknown ${kind} ${JSON.stringify(name)}${didYouMean(name, known) || `. Known in ${this.files.directory}/${folder}: ${listed(known)}`}`;
  }

  private read(folder: LayerFolder, name: string): Layer<unknown> {
    switch (folder) {
      case "accounts":
        return this.account(name);
      case "releases":
        return this.release(name);
      case "tiers":
        return this.tier(name);
      default:
        return folder satisfies never;
    }
  }

  private layer<Own>(folder: LayerFolder, name: string, schema: z.ZodType<Own>, under?: MapTree): Layer<Own> {
    const key = `${folder}/${name}`;
    const known = this.found.get(key);
    if (known !== undefined) return known as Layer<Own>;
    const file = this.files.layer(folder, name);
    const root = under === undefined || file?.root === undefined ? file?.root : layMapOver(under, file.root);
    const value = file === undefined ? undefined : this.parsed({ ...file, root }, schema);
    const layer: Layer<Own> = { own: value && { ...value, name }, root };
    this.found.set(key, layer);
    return layer;
  }

  private parsed<Value>({ root, problems }: DefinitionFile, schema: z.ZodType<Value>): Value | undefined {
    if (root === undefined) {
      this.problems.push(...problems);
      return undefined;
    }
    const parsed = parseWithPlaces(root, schema);
    this.problems.push(...problems, ...parsed.problems);
    return parsed.problems.length > 0 ? undefined : parsed.value;
  }

  /** Lays files over each other, the lowest first. */
  private laid(files: readonly DefinitionFile[]): MapTree {
    return files.reduce((under, { root, problems }) => {
      this.problems.push(...problems);
      return root === undefined ? under : layMapOver(under, root);
    }, treeOf({}));
  }

  private checkChannels(): void {
    const { root } = this.files.data("channels.yaml");
    for (const [channel, { value }] of root?.entries ?? []) {
      if (value.kind !== "scalar" || typeof value.value !== "string") continue;
      if (this.files.layerFile("releases", value.value) !== undefined) continue;
      const message = this.unknown("releases", value.value);
      this.problems.push({ severity: "error", place: placeOf(value), path: channel, message });
    }
  }
}
