import { createHash } from "node:crypto";
import { plainValue } from "../language/yaml/plain-tree";
import type { Cluster, ReleaseProgram } from "./model/cluster";
import { peeredClusters } from "./peers";
import { type ProgramPin, pinOf } from "./programs/program-pin";
import type { ResolvedFile } from "./resolve";

/**
 * Returns the other program that writes a cluster's stacks; undefined if it is this one.
 *
 * @param resolved the clusters that it is peered with, among others
 */
export function releaseProgram(file: ResolvedFile, resolved: readonly ResolvedFile[]): ReleaseProgram | undefined {
  const { chosen, layers, subject } = file;
  if (layers.files.pinned === undefined || subject?.release?.program === undefined) return undefined;
  const names = peeredClusters(subject);
  const peers = names.length === 0 ? [] : resolved.filter(({ name }) => names.includes(name));
  const release = layers.release(chosen.release).root;
  const read = [settingsOf(file), peers.map(networkOf), release && plainValue(release)];
  const definition = createHash("sha256").update(JSON.stringify(read)).digest("hex");
  return { pin: pinOf(subject.release.program), definition };
}

/** Returns the settings of a definition that reach stacks: how the cluster is rolled out does not. */
function settingsOf({ tree }: ResolvedFile): unknown {
  const { meta, tfvars } = plainValue(tree()) as Merged;
  const without = (value: object | undefined, ...keys: string[]) =>
    Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => !keys.includes(key)));
  return { meta: without(meta, "HOLD", "RELEASE_MODEL"), tfvars: without(tfvars, "rollout") };
}

/** Returns the settings of a peer that reach stacks of a cluster that is peered with it. */
function networkOf({ name, tree }: ResolvedFile): unknown {
  const { common, networking } = (plainValue(tree()) as Merged).tfvars ?? {};
  return { name, common, networking };
}

interface Merged {
  readonly meta?: object;
  readonly tfvars?: { readonly common?: unknown; readonly networking?: unknown };
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
