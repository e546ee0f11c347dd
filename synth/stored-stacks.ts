import { type Entry, unpackEntry } from "./entry";
import { fingerprintOf } from "./fingerprint";
import type { OutputStore } from "./store";

/** Reads the stacks of clusters that were built before from where they are stored, without writing them into a folder. */
export class StoredStacks {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly store: OutputStore | undefined) {}

  /**
   * Loads a cluster's stacks; false if they are not stored.
   *
   * @param text the cluster as text (`clusterText`)
   */
  take(cluster: string, text: string): boolean {
    const entry = this.store?.read(fingerprintOf(text));
    if (entry === undefined) return false;
    this.entries.set(cluster, entry);
    return true;
  }

  /** Returns the files of a cluster's stacks: path in an output folder -> content. Undefined if they were not loaded. */
  filesOf(cluster: string): ReadonlyMap<string, Buffer> | undefined {
    const entry = this.entries.get(cluster);
    if (entry === undefined) return undefined;
    const contents = unpackEntry(entry);
    return new Map(entry.files.map(({ path }, index) => [path, contents[index] as Buffer]));
  }
}
