import { createHash } from "node:crypto";
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import type { StackManifest } from "./synthesize-cluster";

/** One of the files of an output. */
interface OutputFile {
  /** Relative to the output directory. */
  readonly path: string;
  readonly size: number;
  readonly hash: string;
}

/** A cluster's output as it is stored, with everything that proves it. */
export interface Entry {
  readonly manifest: StackManifest;
  readonly files: readonly OutputFile[];
  /** The contents of the files, one after another, compressed. */
  readonly packed: Buffer;
}

const NEWLINE = 10;

/** Returns the output of the stacks that a manifest names, as it is in a directory. */
export function packEntry(directory: string, manifest: StackManifest): Entry {
  const paths = Object.values(manifest.stacks).flatMap(({ workingDirectory }) =>
    readdirSync(join(directory, workingDirectory), { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(directory, "/").length)),
  );
  const contents = paths.map((path) => readFileSync(join(directory, path)));
  const files = contents.map((content, index) => ({
    path: paths[index] as string,
    size: content.length,
    hash: hash(content),
  }));
  // A fifth of the size, for a twentieth of the time that building takes. Higher levels take longer than they save.
  const packed = deflateRawSync(Buffer.concat(contents), { level: constants.Z_BEST_SPEED });
  return { manifest, files, packed };
}

/** Returns an entry as the content of a file. The key is part of its checksum, so that another key's file does not match. */
export function encodeEntry(key: string, { manifest, files, packed }: Entry): Buffer {
  const content = Buffer.concat([Buffer.from(`${JSON.stringify({ manifest, files })}\n`), packed]);
  return Buffer.concat([Buffer.from(`${hash(key, content)}\n`), content]);
}

/** Returns the entry that a file contains; undefined if the file is damaged, or contains another key's entry. */
export function decodeEntry(key: string, file: Buffer): Entry | undefined {
  const start = file.indexOf(NEWLINE) + 1;
  const content = file.subarray(start);
  if (file.toString("latin1", 0, start - 1) !== hash(key, content)) return undefined;
  const end = content.indexOf(NEWLINE);
  const head = JSON.parse(content.toString("utf8", 0, end)) as Pick<Entry, "manifest" | "files">;
  return { ...head, packed: content.subarray(end + 1) };
}

/** Returns the content of each file of an entry, in their order. */
export function unpackEntry({ files, packed }: Entry): readonly Buffer[] {
  const all = inflateRawSync(packed);
  let position = 0;
  return files.map(({ size }) => {
    position += size;
    return all.subarray(position - size, position);
  });
}

/** True if a directory has every file of an entry, with the same content. */
export function isIn(directory: string, { files }: Entry): boolean {
  return files.every(({ path, size, hash: expected }) => {
    const file = join(directory, path);
    try {
      const stat = lstatSync(file);
      return stat.isFile() && stat.size === size && hashOfFile(file, size) === expected;
    } catch {
      return false; // it is missing, or cannot be read
    }
  });
}

let scratch = Buffer.alloc(256 * 1024);

/** Reads every file into the same memory: those of a thousand clusters would be collected late. */
function hashOfFile(file: string, size: number): string {
  if (scratch.length <= size) scratch = Buffer.alloc(size * 2);
  const descriptor = openSync(file, "r");
  try {
    return hash(scratch.subarray(0, readSync(descriptor, scratch)));
  } finally {
    closeSync(descriptor);
  }
}

function hash(...parts: readonly (string | Buffer)[]): string {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest("hex");
}
