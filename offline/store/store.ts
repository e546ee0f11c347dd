import { createHash, randomUUID } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { ObjectValue, Value } from "../wire/values";

/** Place of an object: an account and region or a cluster, its type, and its key among objects of the type. */
export interface Place {
  readonly scope: readonly string[];
  readonly type: string;
  readonly key: string;
}

/** One resource that "exists" in the simulated cloud. */
export interface StoredObject {
  readonly place: Place;
  /** Attributes with Terraform's names. */
  readonly state: ObjectValue;
}

/** Maximum length of a file's name, in bytes. Most file systems allow 255; the difference is room for the suffix. */
const MAX_NAME = 200;

function fileName(text: string): string {
  const safe = encodeURIComponent(text).replace(/^\./, "%2E");
  if (safe.length <= MAX_NAME) return safe;
  return `${safe.slice(0, MAX_NAME - 41)}-${createHash("sha1").update(text).digest("hex")}`;
}

function toJson(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return { $integer: String(value) };
  // JSON.stringify has already called toJSON of a Buffer; a plain Uint8Array arrives unchanged.
  return value instanceof Uint8Array ? { $bytes: Buffer.from(value).toString("base64") } : value;
}

function fromJson(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { $integer, $bytes } = value as { $integer?: unknown; $bytes?: unknown };
  if (typeof $integer === "string") return BigInt($integer);
  return typeof $bytes === "string" ? new Uint8Array(Buffer.from($bytes, "base64")) : value;
}

/**
 * Keeps the simulated cloud on disk, with one JSON file for each object, so that people and tests can read, change and delete
 * it, and several processes can share it. A file is created (link) or replaced (rename) as a whole. No lock is necessary,
 * because Terraform never runs two operations on one object at the same time.
 */
export class Store {
  constructor(readonly directory: string) {}

  /** Adds an object; returns false if its place is taken, which makes names unique. */
  create(place: Place, state: ObjectValue): boolean {
    const file = this.file(place);
    const unfinished = this.write(file, place, state);
    try {
      linkSync(unfinished, file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    } finally {
      rmSync(unfinished, { force: true });
    }
  }

  /** Returns the object at a place; undefined if there is none. */
  read(place: Place): StoredObject | undefined {
    return readObject(this.file(place));
  }

  /** Replaces the state of an object, or creates the object again. */
  update(place: Place, state: ObjectValue): void {
    const file = this.file(place);
    renameSync(this.write(file, place, state), file);
  }

  /** Removes an object. A missing object is not an error, as in the real APIs. */
  remove({ place }: Pick<StoredObject, "place">): void {
    const file = this.file(place);
    rmSync(file, { force: true });
    for (let folder = dirname(file); folder !== this.directory; folder = dirname(folder)) {
      try {
        rmdirSync(folder);
      } catch {
        return; // not empty, or already removed
      }
    }
  }

  /** Returns the objects of a type, or all objects, in the order of their places. */
  objects(type?: string): StoredObject[] {
    const root = join(this.directory, "objects");
    return listing(root)
      .filter((file) => file.endsWith(".json") && (type === undefined || file.split("/").at(-2) === type))
      .sort()
      .flatMap((file) => readObject(join(root, file)) ?? []);
  }

  /** Returns the types that have an object. */
  types(): string[] {
    const files = listing(join(this.directory, "objects")).filter((file) => file.endsWith(".json"));
    return [...new Set(files.map((file) => file.split("/").at(-2) ?? ""))].sort();
  }

  /** Returns the only object of a type with some attribute values. Throws if there is none, or more than one. */
  only(type: string, attributes: Readonly<Record<string, Value>> = {}): StoredObject {
    const found = this.objects(type).filter(({ state }) =>
      Object.entries(attributes).every(([name, value]) => state[name] === value),
    );
    const [first] = found;
    if (first === undefined || found.length > 1) {
      throw new Error(
        `expected one ${type} with ${JSON.stringify(attributes)} in the store, but found ${found.length}`,
      );
    }
    return first;
  }

  /** Changes an object without Terraform, to create drift. */
  edit({ place, state }: StoredObject, changes: ObjectValue): void {
    this.update(place, { ...state, ...changes });
  }

  /** Records an id that no new object may get, although its object is deleted. */
  retire(type: string, id: string): void {
    mkdirSync(join(this.directory, "retired"), { recursive: true });
    appendFileSync(join(this.directory, "retired", fileName(type)), `${id}\n`);
  }

  /** Returns the ids of a type that no new object may get. */
  retired(type: string): ReadonlySet<string> {
    const file = join(this.directory, "retired", fileName(type));
    return new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n") : []);
  }

  /** Returns the next number, counted from 1 across processes. */
  count(what: string): number {
    const folder = join(this.directory, "counts", fileName(what));
    mkdirSync(folder, { recursive: true });
    for (let next = readdirSync(folder).length + 1; ; next += 1) {
      try {
        writeFileSync(join(folder, String(next)), "", { flag: "wx" });
        return next;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
  }

  private file({ scope, type, key }: Place): string {
    return join(this.directory, "objects", ...scope.map(fileName), type, `${fileName(key)}.json`);
  }

  private write(file: string, place: Place, state: ObjectValue): string {
    const unfinished = `${file}.${randomUUID()}`;
    const text = `${JSON.stringify({ place, state }, toJson, 2)}\n`;
    for (;;) {
      mkdirSync(dirname(file), { recursive: true });
      try {
        writeFileSync(unfinished, text);
        return unfinished;
      } catch (error) {
        // Meanwhile another process has removed the last object of the folder, and the folder.
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      }
    }
  }
}

function listing(root: string): string[] {
  for (;;) {
    if (!existsSync(root)) return [];
    try {
      return readdirSync(root, { recursive: true, encoding: "utf8" });
    } catch (error) {
      // The folder disappeared during the listing: another process has removed its last object.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
}

function readObject(file: string): StoredObject | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return JSON.parse(text, fromJson) as StoredObject;
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
