import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { homeFolder } from "../language/program-folder";
import { decodeEntry, type Entry, encodeEntry } from "./entry";
import { programFingerprint } from "./fingerprint";

/** Bytes that all entries may have together. A cluster's entry has about 25 kB. */
const MOST_BYTES = 512 * 1024 ** 2;

/** An entry that was used within this time is not touched again. */
const DAY = 24 * 60 * 60 * 1000;

/**
 * Outputs of clusters that were built before, each in a file that is named by the fingerprint of the program and of the cluster.
 * Several processes may use it at once: a file is written whole or not at all. It fails no command: what cannot be read is built,
 * and what cannot be written is not stored.
 */
export class OutputStore {
  constructor(
    private readonly directory: string,
    /** Fingerprint of the program that built the outputs. */
    readonly program: string,
  ) {}

  /**
   * The store of a command: FLEET_CACHE_DIR, or `.fleet/synth`. Undefined if FLEET_NO_CACHE is set, or
   * if this program has no fingerprint.
   */
  static of(environment: NodeJS.ProcessEnv): OutputStore | undefined {
    const { FLEET_CACHE_DIR = "", FLEET_NO_CACHE = "" } = environment;
    if (FLEET_NO_CACHE !== "") return undefined;
    const program = programFingerprint(environment);
    return program === undefined
      ? undefined
      : new OutputStore(FLEET_CACHE_DIR || join(homeFolder(), ".fleet/synth"), program);
  }

  /** Where another process finds the same store. */
  get location(): { readonly directory: string; readonly program: string } {
    return { directory: this.directory, program: this.program };
  }

  /** False if no output of this program can be in it. */
  mayHaveAny(): boolean {
    return existsSync(join(this.directory, this.program));
  }

  /** Returns the entry of a cluster with this fingerprint; undefined if there is none, or if it is damaged. */
  read(fingerprint: string): Entry | undefined {
    const file = this.fileOf(fingerprint);
    if (!existsSync(file)) return undefined;
    const entry = attempt(() => decodeEntry(this.keyOf(fingerprint), readFileSync(file)));
    if (entry !== undefined) attempt(() => this.markUsed(file));
    return entry;
  }

  write(fingerprint: string, entry: Entry): void {
    const file = this.fileOf(fingerprint);
    const unfinished = `${file}.${process.pid}`;
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(unfinished, encodeEntry(this.keyOf(fingerprint), entry));
      renameSync(unfinished, file);
    } catch {
      attempt(() => rmSync(unfinished, { force: true }));
    }
  }

  private markUsed(file: string): void {
    const now = Date.now();
    if (statSync(file).mtimeMs < now - DAY) utimesSync(file, now / 1000, now / 1000);
  }

  /** Removes the entries that were not used for the longest time, until the others are small enough. */
  prune(mostBytes = MOST_BYTES): void {
    const found = attempt(() => readdirSync(this.directory, { recursive: true, withFileTypes: true })) ?? [];
    const files = found.flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const stat = statSync(path, { throwIfNoEntry: false }); // another process may have removed it
      return stat?.isFile() ? [{ path, size: stat.size, used: stat.mtimeMs }] : [];
    });
    let bytes = 0;
    for (const { path, size } of files.sort((a, b) => b.used - a.used)) {
      bytes += size;
      if (bytes > mostBytes) attempt(() => rmSync(path, { force: true }));
    }
    for (const entry of found) if (entry.isDirectory()) attempt(() => rmdirSync(join(entry.parentPath, entry.name)));
  }

  private keyOf(fingerprint: string): string {
    return `${this.program}/${fingerprint}`;
  }

  private fileOf(fingerprint: string): string {
    return join(this.directory, this.keyOf(fingerprint));
  }
}

/** Returns undefined if the operating system refuses something. */
function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
