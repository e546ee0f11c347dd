import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Cluster } from "../fleet/model/cluster";
import type { StackManifest } from "./synthesize-cluster";

/** Fewer clusters than this are built sooner in this process than others start. */
const WORTH_SHARING = 10;

/** Clusters sent to a process at a time: enough that it seldom waits, few enough that none is left with the last ones. */
const BATCH = 4;

/** Clusters that a process builds before a new one replaces it: cdktf keeps every token that it creates, 0.4 MiB for a cluster. */
const MOST_IN_A_PROCESS = 100;

/** Message to another process, which answers with the manifests of the stacks that it wrote. */
export interface ShardRequest {
  readonly clusters: readonly Cluster[];
  readonly outdir: string;
}

/**
 * Writes the Terraform of clusters, and the manifest that cdktf's commands read. Many clusters are shared among processes, one
 * a core; the output is the same, byte for byte. The processes start at once, so that they are ready when the definitions are.
 */
export class Synthesizer {
  private readonly ready: ChildProcess[];

  /** @param expected how many clusters there will be, more or less: it decides whether processes are started. */
  constructor(
    private readonly outdir: string,
    expected: number,
  ) {
    this.ready = expected < WORTH_SHARING ? [] : Array.from({ length: availableParallelism() }, start);
  }

  /** Nothing is written before this is called. With `all`, what earlier runs left of clusters that are gone goes too. */
  async write(clusters: readonly Cluster[], { all }: { readonly all: boolean }): Promise<void> {
    // cdktf makes these folders only where they are missing, and several processes would race for them.
    mkdirSync(join(this.outdir, "stacks"), { recursive: true });
    const manifests = this.ready.length === 0 ? await this.build(clusters) : await this.share(clusters);
    const stacks = manifests
      .flatMap((manifest) => Object.entries(manifest.stacks))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const manifest = { stacks: Object.fromEntries(stacks), version: manifests[0]?.version };
    writeFileSync(join(this.outdir, "manifest.json"), JSON.stringify(manifest, null, 2));
    if (all) this.removeAllBut(new Set(Object.keys(manifest.stacks)));
  }

  /** Ends the processes that are still waiting for work. */
  close(): void {
    for (const child of this.ready.splice(0)) child.kill();
  }

  private async build(clusters: readonly Cluster[]): Promise<StackManifest[]> {
    // Whoever shares the work does without cdktf and the bindings, which take a fifth of a second to load.
    const { synthesizeCluster } = await import("./synthesize-cluster");
    return clusters.map((cluster) => synthesizeCluster(cluster, this.outdir));
  }

  private async share(clusters: readonly Cluster[]): Promise<StackManifest[]> {
    const waiting = [...clusters];
    const manifests: StackManifest[] = [];
    const lane = async (first: ChildProcess): Promise<void> => {
      for (let child = first; ; child = start()) {
        manifests.push(...(await this.feed(child, waiting)));
        if (waiting.length === 0) return;
      }
    };
    await Promise.all(this.ready.splice(0).map(lane));
    return manifests;
  }

  /** Sends a process batch after batch, until nothing waits or it has built enough. */
  private feed(child: ChildProcess, waiting: Cluster[]): Promise<StackManifest[]> {
    const manifests: StackManifest[] = [];
    return new Promise((resolve, reject) => {
      const next = (): void => {
        const batch = manifests.length < MOST_IN_A_PROCESS ? waiting.splice(0, BATCH) : [];
        if (batch.length === 0) child.disconnect();
        else child.send({ clusters: batch, outdir: this.outdir } satisfies ShardRequest);
      };
      child.on("message", (made: StackManifest[]) => {
        manifests.push(...made);
        next();
      });
      child.on("error", reject);
      child.on("exit", (code) =>
        code === 0
          ? resolve(manifests)
          : reject(new Error(`a synthesizing process ended with code ${code}; what it said is above`)),
      );
      next();
    });
  }

  private removeAllBut(current: ReadonlySet<string>): void {
    const folder = join(this.outdir, "stacks");
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) {
      if (!current.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

function start(): ChildProcess {
  return fork("launch.mjs", ["synth/shard.ts"], { serialization: "advanced" });
}
