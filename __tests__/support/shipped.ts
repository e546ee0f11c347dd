import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const read = new Map<string, unknown>();

/** A shipped file of definitions as plain data; each is read once in a test file, and nobody may change what it gets. */
export function shipped(file: string): unknown {
  if (!read.has(file)) read.set(file, parse(readFileSync(join("definitions", file), "utf8")));
  return read.get(file);
}
