import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { programFolder } from "../language/program-folder";
import type { StackManifest } from "./synthesize-cluster";
import { OutputError } from "./whole-output";

/** Clusters sent to a process at a time: enough that it seldom waits, few enough that none is left with the last ones. */
const BATCH = 4;

/** Clusters that a process builds before a new one replaces it: cdktf keeps every token that it creates, 0.4 MiB for a cluster. */
const MOST_IN_A_PROCESS = 100;

/** Message to another process. */
export interface ShardRequest {
  /** The clusters as text (`clusterText`). */
  readonly clusters: readonly string[];
  readonly outdir: string;
  /** Where it stores what it builds, and the fingerprint that its program must have; undefined if nothing is stored. */
  readonly store: { readonly directory: string; readonly program: string } | undefined;
}

/** Answer of another process: the manifests of the stacks that it wrote, or the properties of the error that stopped it. */
export type ShardReply =
  | { readonly manifests: readonly StackManifest[] }
  | { readonly failed: Pick<Error, "cause" | "message"> & { readonly stack: string } };

/** Processes that share the work of building clusters. */
export class Shards {
  private readonly ready: ChildProcess[] = [];
  private readonly running = new Set<ChildProcess>();
  private readonly end = (): void => this.close();

  /** Starts processes that wait for work, until there are so many. */
  start(count: number): void {
    if (this.running.size === 0 && count > 0) process.on("exit", this.end);
    while (this.ready.length < count) this.ready.push(this.startOne());
  }

  get areStarted(): boolean {
    return this.ready.length > 0;
  }

  /** Ends the processes. */
  close(): void {
    process.off("exit", this.end);
    this.ready.length = 0;
    for (const child of this.running) child.kill("SIGKILL");
  }

  /**
   * Shares clusters among the processes that are started, and returns the manifests of their stacks.
   *
   * @param onBuilt is called with clusters whose stacks are written
   */
  async build(
    clusters: readonly string[],
    to: Omit<ShardRequest, "clusters">,
    onBuilt: (clusters: readonly string[]) => void,
  ): Promise<StackManifest[]> {
    const waiting = [...clusters];
    const manifests: StackManifest[] = [];
    const lane = async (first: ChildProcess): Promise<void> => {
      for (let child = first; ; child = this.startOne()) {
        manifests.push(...(await this.feed(child, waiting, to, onBuilt)));
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
  private feed(
    child: ChildProcess,
    waiting: string[],
    to: Omit<ShardRequest, "clusters">,
    onBuilt: (clusters: readonly string[]) => void,
  ): Promise<StackManifest[]> {
    const manifests: StackManifest[] = [];
    return new Promise((resolve, reject) => {
      let failed: Error | undefined;
      let batch: string[] = [];
      const next = (): void => {
        batch = failed === undefined && manifests.length < MOST_IN_A_PROCESS ? waiting.splice(0, BATCH) : [];
        if (batch.length === 0) child.disconnect();
        else child.send({ clusters: batch, ...to } satisfies ShardRequest, onSent);
      };
      const onSent = (error: Error | null): void => {
        if (error !== null) failed ??= error; // it has ended, and its exit is reported
      };
      child.on("message", (reply: ShardReply) => {
        const done = batch;
        if ("manifests" in reply) manifests.push(...reply.manifests);
        else failed = Object.assign(new OutputError(reply.failed.message), reply.failed);
        next();
        if (failed === undefined) onBuilt(done);
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

  private startOne(): ChildProcess {
    const child = fork(join(programFolder(), "launch.mjs"), ["synth/shard.ts"], { serialization: "advanced" });
    this.running.add(child);
    child.on("exit", () => this.running.delete(child));
    return child;
  }
}
