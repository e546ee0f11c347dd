import type { z } from "zod";
import type { Problem } from "../../language/problem";
import { isWhole } from "../../language/refused";
import { treeOf } from "../../language/yaml/plain-tree";
import type { MapTree } from "../../language/yaml/tree";
import type { Account, KubernetesSupport, PipelineSettings, Regions, Release, SeenVersions } from "../model/cluster";
import { parseWithPlaces } from "../parse/parse-with-places";
import { accountFile, defaultsFile, releaseFile, tierFile } from "../schema/layer-files";
import { pipelines } from "../schema/pipelines";
import { channels, kubernetesSupport, ranges, regions, type tier } from "../schema/platform";
import { seenVersions } from "../schema/releases/seen-versions";
import { Channels } from "./channels";
import type { ChosenLayers } from "./chosen-layers";
import { extensionDefaults } from "./extension-defaults";
import { ExtensionPins } from "./extension-pins";
import { type DefinitionFiles, LAYER_FOLDERS, type LayerFolder } from "./files";
import {
  definitionPart,
  type InheritedPart,
  laidOver,
  layeredPart,
  layMapOver,
  ownDefaults,
  partsOf,
  withSwitched,
} from "./layer-parts";
import type { DefinitionFile } from "./read-definition";

/** A layer by its name: its own settings, and the part that clusters inherit. */
export interface Layer<Own> {
  /** Undefined if the file has an error: nothing can be concluded from it. */
  readonly own: (Own & { readonly name: string }) | undefined;
  /** The whole file, merged over its defaults, for places. */
  readonly root: MapTree | undefined;
}

/** The part of one layer that a cluster inherits. */
export interface LayerPart extends InheritedPart {
  readonly layer: "defaults" | "release" | "platform" | "channel" | "account" | "tier";
  /** Null for the defaults, which have no name. */
  readonly name: string | null;
}

const NOTHING = treeOf({});

/** The layers of one directory. Each is read once, for all clusters. */
export class Layers {
  readonly problems: Problem[] = [];
  /** Empty if the file has an error; checks that read it are then skipped. */
  readonly regions: Regions;
  readonly support: KubernetesSupport;
  /** Undefined if a file has an error. */
  readonly seen: SeenVersions | undefined;
  /** Reserved ranges by account and range; undefined if the directory reserves none or the file has an error. */
  readonly ranges: { readonly root: MapTree; readonly value: z.output<typeof ranges> } | undefined;
  /** Undefined if the directory has no pipelines.yaml or the file has an error. */
  readonly pipelines: { readonly root: MapTree; readonly value: PipelineSettings } | undefined;
  readonly serviceLevels: z.output<typeof defaultsFile>["sla_profiles"] | undefined;
  readonly defaults: MapTree;
  /** The files that `defaults` is from: the program's own and, over it, the directory's. */
  readonly defaultsFiles: ReadonlySet<string>;
  private readonly extensionDefaults: readonly MapTree[];
  private readonly pins: ExtensionPins;
  private readonly channels: Channels;
  private readonly platformParts = new Map<string, ReadonlyMap<string, MapTree>>();
  private readonly found = new Map<string, Layer<unknown>>();
  private readonly merged = new Map<string, InheritedPart>();

  constructor(readonly files: DefinitionFiles) {
    this.pins = new ExtensionPins(files);
    this.problems.push(...this.pins.problems);
    this.regions = this.parsed(files.data("regions.yaml"), regions) ?? {};
    this.support = this.parsed(files.data("kubernetes-support.yaml"), kubernetesSupport) ?? {};
    this.channels = new Channels(files, this.parsed(files.data("channels.yaml"), channels));
    this.problems.push(...this.channels.problems);
    const lists = files.levels("seen-versions.yaml");
    const seen = this.parsed({ root: this.laid(lists), problems: [] }, seenVersions);
    this.seen = lists.every(({ root }) => root !== undefined) ? seen : undefined;
    const reserved = files.own("ranges.yaml");
    const value = reserved && this.parsed(reserved, ranges);
    this.ranges = reserved?.root && value && { root: reserved.root, value };
    const pipelineFile = files.own("pipelines.yaml");
    const settings = pipelineFile && this.parsed(pipelineFile, pipelines);
    this.pipelines = pipelineFile?.root && settings && { root: pipelineFile.root, value: settings };
    const defaultsRead = files.levels("defaults.yaml");
    this.extensionDefaults = extensionDefaults();
    const lowest = [...this.extensionDefaults.map((root) => ({ root, problems: [] })), ...defaultsRead];
    this.defaultsFiles = new Set(lowest.flatMap(({ root }) => root?.source.file ?? []));
    this.defaults = this.laid(lowest);
    this.serviceLevels = this.parsed({ root: this.defaults, problems: [] }, defaultsFile)?.sla_profiles;
  }

  account(name: string): Layer<Omit<Account, "name">> {
    return this.layer("accounts", name, accountFile, ownDefaults(this.defaults, "account"));
  }

  release(name: string): Layer<Omit<Release, "name">> {
    return this.layer("releases", name, releaseFile);
  }

  tier(name: string): Layer<z.output<typeof tier>> {
    return this.layer("tiers", name, tierFile, ownDefaults(this.defaults, "tier"));
  }

  /** Ranges of an account that ranges.yaml reserves. */
  reservedRanges(account: string): readonly string[] {
    const reserved = this.ranges?.value;
    return reserved !== undefined && Object.hasOwn(reserved, account) ? Object.keys(reserved[account] ?? {}) : [];
  }

  /** Returns the release of a RELEASE_MODEL: that of a channel, or the one of that name. */
  releaseOf(model: string): string {
    return this.channels.releaseOf(model) ?? model;
  }

  /** Names of the channels; none if they cannot be read. */
  channelNames(): readonly string[] {
    return this.channels.names() ?? [];
  }

  /** Channels and releases; undefined if the channels cannot be read, because no name can be judged then. */
  models(): readonly string[] | undefined {
    const channels = this.channels.names();
    return channels && [...channels, ...this.files.names("releases")];
  }

  /** Platforms of a release by their names. */
  platforms(release: string): ReadonlyMap<string, MapTree> {
    const known = this.platformParts.get(release);
    if (known !== undefined) return known;
    const platforms = this.release(release).root?.entries.get("platforms")?.value;
    const { parts, problems } = partsOf(platforms, "platforms.");
    this.problems.push(...problems);
    this.platformParts.set(release, parts);
    return parts;
  }

  /** Returns the layers between a platform and a cluster's file, the highest first, and last the release. */
  above({ account, model, release, tier }: Pick<ChosenLayers, "account" | "model" | "release" | "tier">): MapTree[] {
    const roots = [
      this.tier(tier).root,
      this.account(account).root,
      this.channels.parts.get(model),
      this.release(release).root,
    ];
    return roots.filter((root) => root !== undefined);
  }

  /** Defaults, release, platform, channel, account and tier laid over each other: clusters of one kind share the work. */
  below(chosen: ChosenLayers): InheritedPart {
    const { account, model, platform, release, switched, tier } = chosen;
    const key = JSON.stringify([release, platform, switched, this.channels.parts.has(model) && model, account, tier]);
    const known = this.merged.get(key);
    if (known !== undefined) return known;
    const merged = this.overDefaults(chosen).reduce<InheritedPart>(laidOver, definitionPart(this.defaults));
    this.merged.set(key, merged);
    return merged;
  }

  /** Returns the part of each layer below a cluster's file, the lowest first; two parts are defaults if a directory has its own. */
  parts(chosen: ChosenLayers): readonly LayerPart[] {
    const defaults = this.files.levels("defaults.yaml").flatMap(({ root }) => root ?? []);
    return [
      ...[...this.extensionDefaults, ...defaults].map(
        (root): LayerPart => ({ layer: "defaults", name: null, ...definitionPart(root) }),
      ),
      ...this.overDefaults(chosen),
    ];
  }

  private overDefaults({ account, model, platform, release, switched, tier }: ChosenLayers): readonly LayerPart[] {
    const own = platform === null ? undefined : this.platforms(release).get(platform);
    const roots = [
      { layer: "release", name: release, root: this.release(release).root },
      { layer: "platform", name: platform, root: own && withSwitched(own, switched) },
      { layer: "channel", name: model, root: this.channels.parts.get(model) },
      { layer: "account", name: account, root: this.account(account).root },
      { layer: "tier", name: tier, root: this.tier(tier).root },
    ] as const;
    return roots.flatMap(({ root, ...layer }) => (root === undefined ? [] : { ...layer, ...layeredPart(root) }));
  }

  /** Reads all files in the folders of layers, used or not. */
  readAll(): void {
    for (const folder of LAYER_FOLDERS) for (const name of this.files.names(folder)) this.read(folder, name);
  }

  /** Every layer that was read, by folder and name. */
  *everyRead(): Generator<{ readonly folder: LayerFolder; readonly name: string; readonly root: MapTree }> {
    for (const folder of LAYER_FOLDERS)
      for (const name of this.files.names(folder)) {
        const root = this.found.get(`${folder}/${name}`)?.root;
        if (root !== undefined) yield { folder, name, root };
      }
  }

  /** The part of every layer that clusters inherit: of files, of platforms of releases, and of channels. */
  *everyPart(): Generator<InheritedPart> {
    for (const { folder, name, root } of this.everyRead()) {
      yield layeredPart(root);
      if (folder === "releases") for (const platform of this.platforms(name).values()) yield layeredPart(platform);
    }
    for (const channel of this.channels.parts.values()) yield layeredPart(channel);
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
    const written = folder === "releases" ? this.pins.below(name, file?.root) : file?.root;
    const root = under === undefined || written === undefined ? written : layMapOver(under, written);
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
    // An encrypted value was reported when the file was read.
    return parsed.problems.length > 0 || !isWhole(parsed.value) ? undefined : parsed.value;
  }

  /** Lays files over each other, the lowest first. */
  private laid(files: readonly DefinitionFile[]): MapTree {
    return files.reduce((under, { root, problems }) => {
      this.problems.push(...problems);
      return root === undefined ? under : layMapOver(under, root);
    }, NOTHING);
  }
}
