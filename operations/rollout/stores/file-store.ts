import { createHash, randomUUID } from "node:crypto";
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { ExpectedError } from "../../../language/expected-error";
import { systemErrorText } from "../../../language/system-error";
import type { Content, ObjectStore } from "./object-store";

/** A lock that is older belongs to a process that died. Whoever holds it writes one small file. */
const STALE = 10_000;

/** Objects as files of a folder, for one machine. */
export class FileStore implements ObjectStore {
  constructor(readonly location: string) {}

  async read(key: string): Promise<Content | undefined> {
    try {
      const text = readFileSync(this.pathOf(key), "utf8");
      return { text, tag: tagOf(text) };
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw this.failed("read", error);
    }
  }

  async create(key: string, text: string): Promise<boolean> {
    const unfinished = this.write(key, text);
    try {
      linkSync(unfinished, this.pathOf(key)); // fails if the file exists, and readers never get a partial file
      return true;
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      throw this.failed("write", error);
    } finally {
      rmSync(unfinished, { force: true });
    }
  }

  async swap(key: string, text: string, tag: string | null): Promise<boolean> {
    if (tag === null) return this.create(key, text);
    const lock = `${this.pathOf(key)}.lock`;
    if (!lockWith(lock)) return false; // another process replaces it at this instant
    try {
      if ((await this.read(key))?.tag !== tag) return false;
      renameSync(this.write(key, text), this.pathOf(key));
      return true;
    } finally {
      rmSync(lock, { force: true });
    }
  }

  async list(prefix: string, after: string): Promise<readonly string[]> {
    const folder = dirname(`${prefix}x`);
    try {
      return readdirSync(join(this.location, folder))
        .map((name) => (folder === "." ? name : `${folder}/${name}`))
        .filter((key) => key.startsWith(prefix) && key > after && key.endsWith(".json"))
        .sort();
    } catch (error) {
      if (codeOf(error) === "ENOENT") return [];
      throw this.failed("read", error);
    }
  }

  private pathOf(key: string): string {
    return join(this.location, key);
  }

  /** Writes a file beside the object, and returns its path. */
  private write(key: string, text: string): string {
    const unfinished = `${this.pathOf(key)}.${process.pid}-${randomUUID()}`;
    try {
      mkdirSync(dirname(unfinished), { recursive: true });
      writeFileSync(unfinished, text, { flag: "wx" });
      return unfinished;
    } catch (error) {
      throw this.failed("write", error);
    }
  }

  private failed(what: string, error: unknown): ExpectedError {
    const why = systemErrorText(error) ?? (error as Error).message;
    return new ExpectedError(`cannot ${what} the records of rollouts in ${this.location}: ${why}`, { cause: error });
  }
}

/** Creates a lock; false if another process holds it. */
function lockWith(lock: string): boolean {
  try {
    writeFileSync(lock, "", { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > STALE) attemptUnlink(lock);
    return false;
  }
}

function attemptUnlink(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // another process was faster
  }
}

function tagOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code;
}
