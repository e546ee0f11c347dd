import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import type { Cluster } from "../fleet/model/cluster";
import { releaseClusters } from "../fleet/release-program";
import type { DefinitionSource } from "./definitions-view";
import { type Entry, isIn, unpackEntry } from "./entry";
import { clusterText, fingerprintOf } from "./fingerprint";
import { Shards } from "./shards";
import { OutputStore } from "./store";
import type { StackManifest } from "./synthesize-cluster";
import { writeWhole } from "./whole-output";

/** Fewer clusters than this are built sooner in this process than others start. */
const WORTH_SHARING = 10;

/** With more clusters than this loaded, other processes build even one: its code would be added to the memory in use. */
const MOST_BESIDE_BUILDING = 100;

/** Clusters that make it worth to start one more process. */
const WORTH_A_PROCESS = 4;

export interface SynthesizerOptions {
  /**
   * False if cdktf's own command runs the program: it has listed the folders of stacks before, and fails if one that it removes
   * afterwards is gone. Such folders are emptied, so that nothing in them can be planned.
   */
  readonly removesFolders?: boolean;
  /** Store of outputs; undefined to build everything. By default, the environment decides. */
  readonly store?: OutputStore | undefined;
  /** Where the clusters were loaded from: the programs of their releases read the definitions themselves. */
  readonly definitions?: DefinitionSource | undefined;
  /** True if something will be built, although outputs are stored: its processes start at once. */
  readonly startsNow?: boolean;
  /** Is called with what the programs of releases print, such as warnings. */
  readonly onWarning?: (line: string) => void;
}

/**
 * Writes the Terraform of clusters, and the manifest that cdktf's commands read. An output that was built before, by the same
 * program from the same cluster, is not built again. Many clusters are shared among processes, one a core; the output is the same,
 * byte for byte. If everything must be built, the processes start at once, so that they are ready when the definitions are.
 */
export class Synthesizer {
  private readonly shards = new Shards();
  private readonly removesFolders: boolean;
  private readonly store: OutputStore | undefined;

  /** @param expected how many clusters there will be, more or less: it decides whether processes are started. */
  constructor(
    private readonly outdir: string,
    expected: number,
    private readonly options: SynthesizerOptions = {},
  ) {
    this.removesFolders = options.removesFolders ?? true;
    this.store = "store" in options ? options.store : OutputStore.of(process.env);
    const builds = options.startsNow ?? !this.store?.mayHaveAny();
    if (expected >= WORTH_SHARING && builds) this.shards.start(availableParallelism());
  }

  /**
   * Nothing is written before this is called, and nothing that an earlier run wrote is changed before everything is. With `all`,
   * what earlier runs left of clusters that are gone goes too.
   */
  async write(clusters: readonly Cluster[], { all }: { readonly all: boolean }): Promise<void> {
    const names = await writeWhole(this.outdir, (unfinished) => this.writeInto(unfinished, clusters));
    if (all) this.removeAllBut(new Set(names));
  }

  /**
   * Writes into a folder that only this process reads, and that is removed in the end: nothing in it has to be whole before.
   *
   * @param onWritten is called with the name of each cluster whose stacks can be read, while others are still built
   */
  async writeForReading(clusters: readonly Cluster[], onWritten: (cluster: string) => void): Promise<void> {
    mkdirSync(this.outdir, { recursive: true });
    await this.writeInto(this.outdir, clusters, onWritten);
  }

  /** Ends the other processes. */
  close(): void {
    this.shards.close();
  }

  /** Returns the names of the stacks that are written. */
  private async writeInto(
    unfinished: string,
    clusters: readonly Cluster[],
    onWritten: (cluster: string) => void = () => {},
  ): Promise<readonly string[]> {
    // cdktf makes these folders only where they are missing, and several processes would race for them.
    mkdirSync(join(unfinished, "stacks"));
    const others = this.ofReleases(clusters, unfinished);
    const manifests: StackManifest[] = [];
    const missing = new Map<string, string>();
    for (const cluster of clusters.filter(({ release }) => release.program === undefined)) {
      const text = clusterText(cluster);
      const manifest = this.reuse(text, unfinished);
      if (manifest === undefined) {
        missing.set(text, cluster.name);
        continue;
      }
      manifests.push(manifest);
      onWritten(cluster.name);
    }
    const onBuilt = (texts: readonly string[]): void => {
      for (const text of texts) onWritten(missing.get(text) ?? "");
    };
    const building = this.build([...missing.keys()], unfinished, clusters.length, onBuilt);
    const written = await Promise.allSettled([building, others]);
    for (const each of written) {
      if (each.status === "rejected") throw each.reason;
      manifests.push(...each.value);
    }
    if (missing.size > 0) this.store?.prune();
    const stacks = manifests
      .flatMap((manifest) => Object.entries(manifest.stacks))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const manifest = { stacks: Object.fromEntries(stacks), version: manifests[0]?.version };
    writeFileSync(join(unfinished, "manifest.json"), JSON.stringify(manifest, null, 2));
    return Object.keys(manifest.stacks);
  }

  /** Lets the programs of releases write the stacks of their clusters, one after another. */
  private async ofReleases(clusters: readonly Cluster[], unfinished: string): Promise<StackManifest[]> {
    const manifests: StackManifest[] = [];
    const others = releaseClusters(clusters);
    if (others.length === 0) return manifests;
    const [{ byProgram }, { writeReleaseStacks }] = await Promise.all([
      import("./of-program"),
      import("./release-stacks"),
    ]);
    const { definitions, onWarning = () => {} } = this.options;
    if (definitions === undefined) throw new TypeError("the definitions of releases' clusters are not known");
    for (const group of byProgram(others))
      manifests.push(await writeReleaseStacks(group, definitions, unfinished, onWarning));
    return manifests;
  }

  /** Writes a cluster's output from the store, unless it is written already; undefined if it must be built. */
  private reuse(text: string, unfinished: string): StackManifest | undefined {
    const entry = this.store?.read(fingerprintOf(text));
    if (entry === undefined) return undefined;
    if (!isIn(this.outdir, entry)) restore(entry, unfinished);
    return entry.manifest;
  }

  private async build(
    clusters: readonly string[],
    outdir: string,
    loaded: number,
    onBuilt: (clusters: readonly string[]) => void,
  ): Promise<StackManifest[]> {
    if (clusters.length === 0) return [];
    if (clusters.length >= WORTH_SHARING || loaded > MOST_BESIDE_BUILDING)
      this.shards.start(Math.min(availableParallelism(), Math.ceil(clusters.length / WORTH_A_PROCESS)));
    if (this.shards.areStarted) return this.shards.build(clusters, { outdir, store: this.store?.location }, onBuilt);
    // A process that shares the work needs neither cdktf nor the bindings, which load for a fifth of a second.
    const { buildCluster } = await import("./build-cluster");
    return clusters.map((text) => {
      const manifest = buildCluster(text, outdir, this.store);
      onBuilt([text]);
      return manifest;
    });
  }

  private removeAllBut(current: ReadonlySet<string>): void {
    const folder = join(this.outdir, "stacks");
    for (const name of readdirSync(folder)) {
      if (current.has(name)) continue;
      rmSync(join(folder, name), { recursive: true, force: true });
      if (!this.removesFolders) mkdirSync(join(folder, name));
    }
  }
}

/** Writes the files of an entry below a folder. */
function restore(entry: Entry, folder: string): void {
  const contents = unpackEntry(entry);
  for (const [index, { path }] of entry.files.entries()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents[index] as Buffer);
  }
}
