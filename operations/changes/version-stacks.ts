import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Cluster } from "../../fleet/model/cluster";
import { STACKS, type StackName, stackId } from "../../fleet/model/stacks";
import { slugOf } from "../../language/words/names";
import { clusterText, fingerprintOf } from "../../synth/fingerprint";
import { OutputStore } from "../../synth/store";
import { StoredStacks } from "../../synth/stored-stacks";
import { Synthesizer } from "../../synth/synthesizer";
import type { BaseVersion } from "../base/open-base";
import { stackFile } from "../resources/read-stack";

/** A cluster by the fingerprint of its text, and the text or the cluster itself where it is at hand: most are stored, and need not be built. */
export interface WrittenCluster {
  readonly name: string;
  readonly fingerprint: string;
  /** The cluster as text (`clusterText`). */
  readonly text?: string;
  readonly cluster?: Cluster;
}

export function withFingerprint(cluster: Cluster): WrittenCluster {
  return { name: cluster.name, fingerprint: fingerprintOf(clusterText(cluster)), cluster };
}

/** The place from which clusters were loaded. */
type Source = Pick<BaseVersion, "directory" | "shipped">;

/** The stacks of one of the two versions that are compared. */
export class VersionStacks {
  private readonly stored = new StoredStacks(OutputStore.of(process.env));
  private readonly written = new Map<string, Promise<void>>();
  private synthesizer: Synthesizer | undefined;
  private building: Promise<void> | undefined;
  /**
   * Removals of folders, which only `stop` waits for: results from build processes must not wait for the disk. What one of them leaves is
   * removed with the whole folder.
   */
  private readonly removals: Promise<void>[] = [];

  /** @param folder an output folder such as `cdktf.out`; it need not exist */
  constructor(readonly folder: string) {}

  /**
   * Starts the processes that build, before the clusters are known.
   *
   * @param expected how many clusters will be built, more or less
   */
  expect(expected: number, source: Source): void {
    this.synthesizer = synthesizerOf(this.folder, expected, source, true);
  }

  /**
   * Starts to build the stacks of clusters, except what was built before. `ready` waits for them.
   *
   * @param source where the clusters were loaded from
   */
  start(clusters: readonly Cluster[], source: Source): void {
    this.startWritten(clusters.map(withFingerprint), source);
  }

  /** True if nothing of these clusters has to be built. */
  areStored(clusters: readonly WrittenCluster[]): boolean {
    return clusters.every(({ fingerprint, name }) => this.stored.take(name, fingerprint));
  }

  /** The same for clusters of which all that is not stored has its text. */
  startWritten(clusters: readonly WrittenCluster[], source: Source): void {
    const missing = clusters.filter(({ fingerprint, name }) => !this.stored.take(name, fingerprint)).map(clusterOf);
    if (missing.length === 0) return;
    const synthesizer = this.synthesizer ?? synthesizerOf(this.folder, missing.length, source);
    this.synthesizer = synthesizer;
    const onWritten = new Map<string, () => void>();
    for (const { name } of missing)
      this.written.set(name, new Promise((resolve) => void onWritten.set(name, () => resolve())));
    this.building = synthesizer
      .writeForReading(missing, (name) => onWritten.get(name)?.())
      .finally(() => synthesizer.close());
    this.building.catch(() => {}); // whoever waits for a cluster gets the error
  }

  /** Waits until a cluster's stacks can be read. */
  async ready(cluster: string): Promise<void> {
    const written = this.written.get(cluster);
    if (written !== undefined) await Promise.race([written, this.building]);
  }

  /** Waits until the stacks of every cluster can be read. */
  async allReady(): Promise<void> {
    await this.building;
  }

  /** Ends what is still building. Nothing is written into the folder afterwards. */
  async stop(): Promise<void> {
    this.synthesizer?.close();
    await this.building?.catch(() => {});
    await Promise.all(this.removals);
  }

  /**
   * Returns the JSON of a cluster's stacks as text; undefined for those that this version does not have. The files that were written
   * for it are removed, while others are still built.
   */
  takeTexts(cluster: string): ReadonlyMap<StackName, string | undefined> {
    const files = this.stored.filesOf(cluster);
    const isWritten = this.written.has(cluster);
    return new Map(
      STACKS.map((kind) => {
        const stack = stackId(slugOf(cluster), kind);
        if (files !== undefined) return [kind, files.get(stackFile("", stack))?.toString("utf8")];
        const file = stackFile(this.folder, stack);
        const text = existsSync(file) ? readFileSync(file, "utf8") : undefined;
        if (isWritten) this.removals.push(rm(dirname(file), { recursive: true, force: true }).catch(() => {}));
        return [kind, text];
      }),
    );
  }
}

function clusterOf({ cluster, name, text }: WrittenCluster): Cluster {
  if (cluster !== undefined) return cluster;
  if (text === undefined) throw new TypeError(`${name} is neither stored nor known as text`);
  return JSON.parse(text) as Cluster;
}

function synthesizerOf(
  folder: string,
  expected: number,
  { directory, shipped }: Source,
  startsNow?: true,
): Synthesizer {
  const definitions = directory === undefined ? undefined : { directory, shipped };
  return new Synthesizer(folder, expected, { definitions, ...(startsNow && { startsNow }) });
}
