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

/** Where an object lives: an account and region or a cluster, then its type, then what tells it from its like. */
export interface Place {
  readonly scope: readonly string[];
  readonly type: string;
  readonly key: string;
}

/** One thing that "exists" in the pretended cloud. */
export interface StoredObject {
  readonly place: Place;
  /** Its attributes as Terraform names them. */
  readonly state: ObjectValue;
}

/** The longest name most file systems allow is 255 bytes; the rest is left for the suffix. */
const MAX_NAME = 200;

function fileName(text: string): string {
  const safe = encodeURIComponent(text).replace(/^\./, "%2E");
  if (safe.length <= MAX_NAME) return safe;
  return `${safe.slice(0, MAX_NAME - 41)}-${createHash("sha1").update(text).digest("hex")}`;
}

function toJson(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return { $integer: String(value) };
  // JSON.stringify has called Buffer's own toJSON by now; a plain Uint8Array arrives as it is.
  return value instanceof Uint8Array ? { $bytes: Buffer.from(value).toString("base64") } : value;
}

function fromJson(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { $integer, $bytes } = value as { $integer?: unknown; $bytes?: unknown };
  if (typeof $integer === "string") return BigInt($integer);
  return typeof $bytes === "string" ? new Uint8Array(Buffer.from($bytes, "base64")) : value;
}

/**
 * The pretended cloud on disk: one JSON file per object, so that a person or a test can look at it, change it or delete
 * it, and so that several processes can share it. A file appears whole (link) or is replaced whole (rename); there is no
 * lock, since Terraform never works on one object twice at a time.
 */
export class Store {
  constructor(readonly directory: string) {}

  /** Adds an object; false when its place is taken, which is how a name comes to be unique. */
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

  /** The object at a place, or undefined when it is gone. */
  read(place: Place): StoredObject | undefined {
    return readObject(this.file(place));
  }

  /** Replaces the state of an object; it comes into being again when it was gone. */
  update(place: Place, state: ObjectValue): void {
    const file = this.file(place);
    renameSync(this.write(file, place, state), file);
  }

  /** Removes an object. That it is gone already is no error, as with the real APIs. */
  remove({ place }: Pick<StoredObject, "place">): void {
    const file = this.file(place);
    rmSync(file, { force: true });
    for (let folder = dirname(file); folder !== this.directory; folder = dirname(folder)) {
      try {
        rmdirSync(folder);
      } catch {
        return; // not empty, or gone already
      }
    }
  }

  /** The objects of a type, or all there are, in the order of their places. */
  objects(type?: string): StoredObject[] {
    const root = join(this.directory, "objects");
    return listing(root)
      .filter((file) => file.endsWith(".json") && (type === undefined || file.split("/").at(-2) === type))
      .sort()
      .flatMap((file) => readObject(join(root, file)) ?? []);
  }

  /** The types of which there is an object. */
  types(): string[] {
    const files = listing(join(this.directory, "objects")).filter((file) => file.endsWith(".json"));
    return [...new Set(files.map((file) => file.split("/").at(-2) ?? ""))].sort();
  }

  /** The one object of a type whose attributes have the given values; an error when there is none, or more than one. */
  only(type: string, attributes: Readonly<Record<string, Value>> = {}): StoredObject {
    const found = this.objects(type).filter(({ state }) =>
      Object.entries(attributes).every(([name, value]) => state[name] === value),
    );
    const [first] = found;
    if (first === undefined || found.length > 1) {
      throw new Error(`the store has ${found.length} objects of ${type} with ${JSON.stringify(attributes)}, not one`);
    }
    return first;
  }

  /** Changes an object behind Terraform's back: drift. */
  edit({ place, state }: StoredObject, changes: ObjectValue): void {
    this.update(place, { ...state, ...changes });
  }

  /** Notes an id that must never be given again, though its object is gone. */
  retire(type: string, id: string): void {
    mkdirSync(join(this.directory, "retired"), { recursive: true });
    appendFileSync(join(this.directory, "retired", fileName(type)), `${id}\n`);
  }

  /** The ids of a type that were given once and must not be given again. */
  retired(type: string): ReadonlySet<string> {
    const file = join(this.directory, "retired", fileName(type));
    return new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n") : []);
  }

  /** Counts on across processes: 1, then 2, and so on. */
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
        // Another process removed the last object of the folder, and the folder with it, in between.
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
      // A folder went away while it was being listed: some process removed the last object in it.
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
