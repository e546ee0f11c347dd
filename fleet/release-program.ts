import { createHash } from "node:crypto";
import { plainValue } from "../language/yaml/plain-tree";
import type { Cluster, ReleaseProgram } from "./model/cluster";
import { peeredClusters } from "./peers";
import { type ProgramPin, pinOf } from "./programs/program-pin";
import type { ResolvedFile } from "./resolve";

/** Returns the other program that writes a cluster's stacks; undefined if it is this one. */
export function releaseProgram({ layers, subject, tree }: ResolvedFile): ReleaseProgram | undefined {
  if (layers.files.pinned === undefined || subject?.release?.program === undefined) return undefined;
  const definition = createHash("sha256")
    .update(JSON.stringify(plainValue(tree())))
    .digest("hex");
  return { pin: pinOf(subject.release.program), definition };
}

/** A cluster that another program reads. */
export interface ReleaseCluster {
  readonly name: string;
  /** Names of the clusters that it is peered with. */
  readonly peers: readonly string[];
  readonly release: string;
  readonly pin: ProgramPin;
}

/** Returns the clusters among these that another program reads. */
export function releaseClusters(clusters: readonly Cluster[]): readonly ReleaseCluster[] {
  return clusters.flatMap(({ name, peers, release }) =>
    release.program === undefined
      ? []
      : { name, peers: peers.map((peer) => peer.name), release: release.name, pin: release.program.pin },
  );
}

/** Does the same for definitions that may have errors. */
export function releaseDefinitions(files: readonly ResolvedFile[]): readonly ReleaseCluster[] {
  return files.flatMap(({ chosen, layers, name, subject }) => {
    const program = layers.release(chosen.release).own?.program;
    if (layers.files.pinned === undefined || program === undefined) return [];
    const peers = subject === undefined ? [] : peeredClusters(subject);
    return { name, peers, release: chosen.release, pin: pinOf(program) };
  });
}
