import { fork } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { App, Manifest } from "cdktf";
import type { Cluster } from "../fleet/cluster";
import { addClusterStacks } from "./cluster-stacks";

/** The part of cdktf's manifest that says which stacks there are. */
export type StackManifests = Manifest["stacks"];

/** Fewer clusters than this are built sooner in this process than others start: 0.3 s, about five clusters' work. */
const WORTH_SHARING = 8;

/** Clusters handed to a process at a time: enough that it never waits, few enough that none is left with the last ones. */
const BATCH = 4;

/** Builds one cluster's stacks into the output directory. */
export function synthesizeCluster(cluster: Cluster, outdir: string): StackManifests {
  // A trace for each token is a third of the whole synth time, and nobody sees one: errors name the construct.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    // An app a cluster: one for all would keep every token of the fleet alive.
    const app = new App({ outdir, stackTraces: false });
    addClusterStacks(app, cluster);
    app.synth();
    return app.manifest.stacks;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * Writes the Terraform of clusters, and the manifest that the cdktf commands read, into the output directory. Many clusters
 * are shared among processes, one a core; the output is the same, byte for byte.
 */
export async function synthesize(clusters: readonly Cluster[], outdir: string): Promise<void> {
  mkdirSync(outdir, { recursive: true });
  const { manifest } = new App({ outdir }); // makes the folder of the stacks, before processes race for it
  const manifests =
    clusters.length < WORTH_SHARING
      ? clusters.map((cluster) => synthesizeCluster(cluster, outdir))
      : await share(clusters, outdir, availableParallelism());
  Object.assign(manifest.stacks, ...manifests);
  manifest.writeToFile();
}

/** What this process asks of another, and its answer. */
export interface ShardRequest {
  readonly clusters: readonly Cluster[];
  readonly outdir: string;
}

function share(clusters: readonly Cluster[], outdir: string, processes: number): Promise<StackManifests[]> {
  const waiting = [...clusters];
  const manifests: StackManifests[] = [];
  const shard = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork("launch.mjs", ["stacks/shard.ts"], { serialization: "advanced" });
      const next = (): void => {
        const batch = waiting.splice(0, BATCH);
        if (batch.length === 0) child.disconnect();
        else child.send({ clusters: batch, outdir } satisfies ShardRequest);
      };
      child.on("message", (made: StackManifests[]) => {
        manifests.push(...made);
        next();
      });
      child.on("error", reject);
      child.on("exit", (code) =>
        code === 0 ? resolve() : reject(new Error(`a synthesizing process ended with code ${code}`)),
      );
      next();
    });
  return Promise.all(Array.from({ length: processes }, shard)).then(() => manifests);
}

/** Takes out what earlier runs left of stacks that are no more; what Terraform keeps in a stack's folder goes with it. */
export function removeStale(outdir: string, current: ReadonlySet<string>): void {
  const folder = join(outdir, Manifest.stacksFolder);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!current.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
