import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Cluster } from "../fleet/model/cluster";
import type { StackManifest } from "./synthesize-cluster";
import { OutputError, writeWhole } from "./whole-output";

/** Fewer clusters than this are built sooner in this process than others start. */
const WORTH_SHARING = 10;

/** Clusters sent to a process at a time: enough that it seldom waits, few enough that none is left with the last ones. */
const BATCH = 4;

/** Clusters that a process builds before a new one replaces it: cdktf keeps every token that it creates, 0.4 MiB for a cluster. */
const MOST_IN_A_PROCESS = 100;

/** Message to another process. */
export interface ShardRequest {
  readonly clusters: readonly Cluster[];
  readonly outdir: string;
}

/** Answer of another process: the manifests of the stacks that it wrote, or the properties of the error that stopped it. */
export type ShardReply =
  | { readonly manifests: readonly StackManifest[] }
  | { readonly failed: Pick<Error, "cause" | "message"> & { readonly stack: string } };

/**
 * Writes the Terraform of clusters, and the manifest that cdktf's commands read. Many clusters are shared among processes, one
 * a core; the output is the same, byte for byte. The processes start at once, so that they are ready when the definitions are.
 */
export class Synthesizer {
  private readonly ready: ChildProcess[];
  private readonly running = new Set<ChildProcess>();
  private readonly end = (): void => this.close();

  /**
   * @param expected how many clusters there will be, more or less: it decides whether processes are started.
   * @param removesFolders false if cdktf's own command runs the program: it has listed the folders of stacks before, and fails if
   * one that it removes afterwards is gone. Such folders are emptied, so that nothing in them can be planned.
   */
  constructor(
    private readonly outdir: string,
    expected: number,
    private readonly removesFolders = true,
  ) {
    if (expected >= WORTH_SHARING) process.on("exit", this.end);
    this.ready = expected < WORTH_SHARING ? [] : Array.from({ length: availableParallelism() }, () => this.start());
  }

  /**
   * Nothing is written before this is called, and nothing that an earlier run wrote is changed before everything is. With `all`,
   * what earlier runs left of clusters that are gone goes too.
   */
  async write(clusters: readonly Cluster[], { all }: { readonly all: boolean }): Promise<void> {
    const names = await writeWhole(this.outdir, (unfinished) => this.writeInto(unfinished, clusters));
    if (all) this.removeAllBut(new Set(names));
  }

  /** Ends the other processes. */
  close(): void {
    process.off("exit", this.end);
    this.ready.length = 0;
    for (const child of this.running) child.kill("SIGKILL");
  }

  /** Returns the names of the stacks that are written. */
  private async writeInto(outdir: string, clusters: readonly Cluster[]): Promise<readonly string[]> {
    // cdktf makes these folders only where they are missing, and several processes would race for them.
    mkdirSync(join(outdir, "stacks"));
    const manifests = await (this.ready.length === 0 ? this.build(clusters, outdir) : this.share(clusters, outdir));
    const stacks = manifests
      .flatMap((manifest) => Object.entries(manifest.stacks))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const manifest = { stacks: Object.fromEntries(stacks), version: manifests[0]?.version };
    writeFileSync(join(outdir, "manifest.json"), JSON.stringify(manifest, null, 2));
    return Object.keys(manifest.stacks);
  }

  private async build(clusters: readonly Cluster[], outdir: string): Promise<StackManifest[]> {
    // Whoever shares the work does without cdktf and the bindings, which take a fifth of a second to load.
    const { synthesizeCluster } = await import("./synthesize-cluster");
    return clusters.map((cluster) => synthesizeCluster(cluster, outdir));
  }

  private async share(clusters: readonly Cluster[], outdir: string): Promise<StackManifest[]> {
    const waiting = [...clusters];
    const manifests: StackManifest[] = [];
    const lane = async (first: ChildProcess): Promise<void> => {
      for (let child = first; ; child = this.start()) {
        manifests.push(...(await this.feed(child, waiting, outdir)));
        if (waiting.length === 0) return;
      }
    };
    const lanes = this.ready.splice(0).map(lane);
    try {
      await Promise.all(lanes);
    } catch (error) {
      this.close();
      await Promise.allSettled(lanes); // none may write when what is written is removed
      throw error;
    }
    return manifests;
  }

  /** Sends a process batch after batch, until nothing waits or it has built enough. */
  private feed(child: ChildProcess, waiting: Cluster[], outdir: string): Promise<StackManifest[]> {
    const manifests: StackManifest[] = [];
    return new Promise((resolve, reject) => {
      let failed: Error | undefined;
      const next = (): void => {
        const batch = failed === undefined && manifests.length < MOST_IN_A_PROCESS ? waiting.splice(0, BATCH) : [];
        if (batch.length === 0) child.disconnect();
        else child.send({ clusters: batch, outdir } satisfies ShardRequest, onSent);
      };
      const onSent = (error: Error | null): void => {
        if (error !== null) failed ??= error; // it has ended, and its exit is reported
      };
      child.on("message", (reply: ShardReply) => {
        if ("manifests" in reply) manifests.push(...reply.manifests);
        else failed = Object.assign(new OutputError(reply.failed.message), reply.failed);
        next();
      });
      child.on("error", reject);
      child.on("exit", (code, signal) => {
        if (code === 0 && failed === undefined) resolve(manifests);
        else
          reject(
            failed ?? new OutputError(`a process that synthesizes clusters ended with ${signal ?? `code ${code}`}`),
          );
      });
      next();
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

  private start(): ChildProcess {
    const child = fork("launch.mjs", ["synth/shard.ts"], { serialization: "advanced" });
    this.running.add(child);
    child.on("exit", () => this.running.delete(child));
    return child;
  }
}
