import type { Cluster } from "../fleet/model/cluster";
import { packEntry } from "./entry";
import { fingerprintOf, programFingerprint } from "./fingerprint";
import type { OutputStore } from "./store";
import { type StackManifest, synthesizeCluster } from "./synthesize-cluster";

/**
 * Builds a cluster's output from its text, into a directory, and stores it. From the very text that is fingerprinted, so that the
 * output cannot depend on anything else of the cluster.
 */
export function buildCluster(text: string, outdir: string, store: OutputStore | undefined): StackManifest {
  const manifest = synthesizeCluster(JSON.parse(text) as Cluster, outdir);
  if (store !== undefined && mayBeStored(manifest, store))
    store.write(fingerprintOf(text), packEntry(outdir, manifest));
  return manifest;
}

/** False if something that was copied has changed since the store was opened, or if cdktf is to print something about the stacks. */
function mayBeStored({ stacks }: StackManifest, { program }: OutputStore): boolean {
  return programFingerprint() === program && Object.values(stacks).every(({ annotations }) => annotations.length === 0);
}
