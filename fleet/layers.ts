import { LineCounter } from "yaml";
import type { z } from "zod";
import type { Account, KubernetesSupport, Regions, Release } from "./cluster";
import type { DefinitionFiles, LayerFolder } from "./files";
import { parseWithPlaces } from "./parse-with-places";
import type { Problem } from "./problem";
import { serviceLevels } from "./schema/definition";
import { account, channels, kubernetesSupport, regions, release } from "./schema/platform";
import { didYouMean, listed } from "./suggest";
import { layOver } from "./yaml/merge";
import { descend, type MapTree, placeOf, type ScalarTree, type Source, type Tree, withEntries } from "./yaml/tree";

/** Keys of a layer's file that are laid over each other; the others are the layer's own. */
const LAYERED = { meta: undefined, tfvars: undefined } as const;

/** A layer that was found by its name: what it says of itself, and what it lays under a cluster. */
export interface Layer<Own> {
  readonly own: (Own & { readonly name: string }) | undefined;
  readonly tree: MapTree | undefined;
}

/** The layers of one directory, each read once, however many clusters take it. */
export class Layers {
  readonly problems: Problem[] = [];
  readonly regions: Regions;
  readonly support: KubernetesSupport;
  readonly channels: Readonly<Record<string, string>>;
  readonly serviceLevels: z.output<typeof serviceLevels>;
  readonly defaults: MapTree;
  private readonly found = new Map<string, Layer<unknown>>();
  private readonly merged = new Map<string, Tree>();

  constructor(readonly files: DefinitionFiles) {
    this.regions = this.dataFile("regions.yaml", regions) ?? {};
    this.support = this.dataFile("kubernetes-support.yaml", kubernetesSupport) ?? {};
    this.channels = this.dataFile("channels.yaml", channels) ?? {};
    let defaults: Tree = emptyMap("");
    for (const { root, problems } of files.defaults()) {
      this.problems.push(...problems);
      if (root !== undefined) defaults = layOver(defaults, root);
    }
    this.defaults = defaults as MapTree;
    const profiles = descend(this.defaults, ["sla_profiles"]);
    const parsed = parseWithPlaces(profiles.tree, serviceLevels);
    this.problems.push(...parsed.problems);
    this.serviceLevels = parsed.value ?? ({} as z.output<typeof serviceLevels>);
    this.checkChannels();
  }

  account(name: string): Layer<Omit<Account, "name">> {
    return this.layer("accounts", name, account);
  }

  release(name: string): Layer<Omit<Release, "name">> {
    return this.layer("releases", name, release);
  }

  tier(name: string): Layer<object> {
    return this.layer("tiers", name, undefined);
  }

  /** Defaults, release, account and tier laid over each other: clusters of one kind share the work. */
  below(release: string, account: string, tier: string): Tree {
    const key = JSON.stringify([release, account, tier]);
    const known = this.merged.get(key);
    if (known !== undefined) return known;
    const layers = [this.release(release).tree, this.account(account).tree, this.tier(tier).tree];
    const base: Tree = withEntries(this.defaults, { sla_profiles: undefined });
    const merged = layers.reduce<Tree>((under, layer) => (layer === undefined ? under : layOver(under, layer)), base);
    this.merged.set(key, merged);
    return merged;
  }

  /** Everything there is in the folders of layers, read and checked whether or not a cluster takes it. */
  readAll(): void {
    for (const name of this.files.names("accounts")) this.account(name);
    for (const name of this.files.names("releases")) this.release(name);
    for (const name of this.files.names("tiers")) this.tier(name);
  }

  /** What is wrong with a name that is in no file of the folder. */
  unknown(folder: LayerFolder, name: string): string {
    const kind = folder.slice(0, -1);
    const known = this.files.names(folder);
    return `unknown ${kind} ${JSON.stringify(name)}${didYouMean(name, known) || `; ${this.files.directory}/${folder} has: ${listed(known)}`}`;
  }

  private layer<Own>(folder: LayerFolder, name: string, schema: z.ZodType<Own> | undefined): Layer<Own> {
    const key = `${folder}/${name}`;
    const known = this.found.get(key);
    if (known !== undefined) return known as Layer<Own>;
    const file = this.files.layer(folder, name);
    const layer: Layer<Own> =
      file?.root === undefined ? { own: undefined, tree: undefined } : this.split(name, file.root, schema);
    if (file !== undefined) this.problems.push(...file.problems);
    this.found.set(key, layer);
    return layer;
  }

  private split<Own>(name: string, root: MapTree, schema: z.ZodType<Own> | undefined): Layer<Own> {
    const own = withEntries(root, LAYERED);
    const tfvars = root.entries.get("tfvars");
    const tree = tfvars === undefined ? undefined : withEntries({ ...root, entries: new Map() }, { tfvars });
    if (schema === undefined) {
      this.problems.push(...[...own.entries].map(([key, entry]) => onlyTfvars(key, entry)));
      return { own: { name } as Own & { name: string }, tree };
    }
    const parsed = parseWithPlaces(own, schema);
    this.problems.push(...parsed.problems);
    return { own: parsed.value === undefined ? undefined : { ...parsed.value, name }, tree };
  }

  private dataFile<Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> | undefined {
    const { root, problems } = this.files.data(name);
    this.problems.push(...problems);
    if (root === undefined) return undefined;
    const parsed = parseWithPlaces(root, schema);
    this.problems.push(...parsed.problems);
    return parsed.value;
  }

  private checkChannels(): void {
    const { root } = this.files.data("channels.yaml");
    for (const [channel, name] of Object.entries(this.channels)) {
      if (root === undefined || this.files.layerFile("releases", name) !== undefined) continue;
      const { tree } = descend(root, [channel]);
      this.problems.push({
        severity: "error",
        place: placeOf(tree),
        path: channel,
        message: this.unknown("releases", name),
      });
    }
  }
}

function onlyTfvars(key: string, entry: Parameters<typeof placeOf>[0]): Problem {
  const message = `unknown key${didYouMean(key, ["tfvars"]) || "; a tier holds tfvars and nothing else"}`;
  return { severity: "error", place: placeOf(entry), path: key, message };
}

/** A map that stands in no file. */
export function emptyMap(file: string): MapTree {
  return { kind: "map", entries: new Map(), source: { file, lines: new LineCounter() }, offset: 0 };
}

/** A map that stands in no file, from a plain one. */
export function treeOf(value: Readonly<Record<string, unknown>>): MapTree {
  const source: Source = { file: "", lines: new LineCounter() };
  const convert = (child: unknown): Tree => {
    if (typeof child === "object" && child !== null) {
      const entries = Object.entries(child).map(
        ([key, item]) => [key, { value: convert(item), source, offset: 0 }] as const,
      );
      return { kind: "map", entries: new Map(entries), source, offset: 0 };
    }
    return { kind: "scalar", value: child as ScalarTree["value"], text: String(child), source, offset: 0 };
  };
  return convert(value) as MapTree;
}

/** Gives every worker group what `worker_defaults` says and the group does not. */
export function withWorkerDefaults(root: Tree): Tree {
  const defaults = descend(root, ["tfvars", "worker_defaults"]);
  const workers = descend(root, ["tfvars", "workers"]);
  const tfvars = descend(root, ["tfvars"]);
  if (
    !defaults.complete ||
    !workers.complete ||
    workers.tree.kind !== "list" ||
    tfvars.tree.kind !== "map" ||
    root.kind !== "map"
  )
    return root;
  const items = workers.tree.items.map((item) =>
    item.kind === "map" ? keepPlace(layOver(defaults.tree, item), item) : item,
  );
  const entry = tfvars.tree.entries.get("workers");
  const tfvarsEntry = root.entries.get("tfvars");
  if (entry === undefined || tfvarsEntry === undefined) return root;
  const changed = withEntries(tfvars.tree, { workers: { ...entry, value: { ...workers.tree, items } } });
  return withEntries(root, { tfvars: { ...tfvarsEntry, value: changed } });
}

/** A group that only has a name still stands where it was written. */
function keepPlace(tree: Tree, item: Tree): Tree {
  return { ...tree, source: item.source, offset: item.offset };
}
