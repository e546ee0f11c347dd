import { type Entry, unpackEntry } from "./entry";
import type { OutputStore } from "./store";

/** Reads the stacks of clusters that were built before from where they are stored, without writing them into a folder. */
export class StoredStacks {
  private readonly entries = new Map<string, { readonly fingerprint: string; readonly entry: Entry }>();

  constructor(private readonly store: OutputStore | undefined) {}

  /**
   * Loads a cluster's stacks; false if they are not stored.
   *
   * @param fingerprint of the cluster's text (`fingerprintOf`)
   */
  take(cluster: string, fingerprint: string): boolean {
    if (this.entries.get(cluster)?.fingerprint === fingerprint) return true;
    const entry = this.store?.read(fingerprint);
    if (entry === undefined) return false;
    this.entries.set(cluster, { fingerprint, entry });
    return true;
  }

  /** Returns the files of a cluster's stacks: path in an output folder -> content. Undefined if they were not loaded. */
  filesOf(cluster: string): ReadonlyMap<string, Buffer> | undefined {
    const entry = this.entries.get(cluster)?.entry;
    if (entry === undefined) return undefined;
    const contents = unpackEntry(entry);
    return new Map(entry.files.map(({ path }, index) => [path, contents[index] as Buffer]));
  }
}
