import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative, resolve } from "node:path";
import { ExpectedError } from "../expected-error";
import type { Problem } from "../problem";
import { homeFolder, programFolder } from "../program-folder";
import { type ExtensionSource, extensionProblem, findExtensions } from "./find";

/** An extension that was bundled. */
export interface Extension extends ExtensionSource {
  /** The bundle; its source map is beside it, with `.map` at its end. */
  readonly bundle: string;
}

/** The extensions of a repository. */
export interface Extensions {
  /** The folder, as messages show it. */
  readonly folder: string;
  readonly all: readonly Extension[];
  /** Errors, because of which nothing is bundled, and warnings. */
  readonly problems: readonly Problem[];
  /** A hash of the code of all of them; empty if there are none. */
  readonly code: string;
}

/** The output of `extend.mjs`. */
type Bundled =
  | {
      readonly code: string;
      readonly inputs: readonly string[];
      readonly states: Readonly<Record<string, string>>;
      readonly problems: readonly [];
    }
  | {
      readonly problems: readonly {
        readonly message: string;
        readonly file?: string;
        readonly line: number;
        readonly column: number;
      }[];
    };

/** The record of a run without errors. */
interface Kept {
  readonly code: string;
  readonly inputs: readonly string[];
  readonly states: Readonly<{ [file: string]: string }>;
  readonly entries: readonly string[];
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * Finds the extensions in a folder and bundles them, unless that was done before and nothing has changed since. Synchronous, because
 * the catalogue of addons must be complete before other modules read it.
 */
export function compileExtensions(folder: string): Extensions {
  const { others, problems, sources } = findExtensions(folder);
  const nothing = { folder, all: [], code: "" };
  if (problems.length > 0) return { ...nothing, problems };
  if (sources.length === 0) return { ...nothing, problems: others.map(unread) };
  const cache = cacheOf(folder);
  const entries = sources.map(({ file }) => relative(folder, file));
  const known = readRecord(cache, entries) ?? bundle(folder, cache, entries);
  if ("problems" in known) return { ...nothing, problems: known.problems };
  const read = new Set(known.inputs);
  return {
    folder,
    all: sources.map((source) => ({ ...source, bundle: bundleOf(cache, known, relative(folder, source.file)) })),
    problems: others.filter((file) => !read.has(resolve(file))).map(unread),
    code: known.code,
  };
}

function bundleOf(cache: string, { code }: Kept, entry: string): string {
  return join(cache, code, entry.replace(/\.ts$/, ".cjs"));
}

/** Code that nothing runs is a file in the wrong place, or one that was forgotten. */
function unread(file: string): Problem {
  const message =
    "is not read: no extension imports it. An extension is a .ts file in addons/, checks/ or stacks/, or hook.ts. Move the file or remove it";
  return extensionProblem(file, message, { severity: "warning" });
}

function cacheOf(folder: string): string {
  const name = createHash("sha256").update(realpathSync(folder)).digest("hex").slice(0, 16);
  return join(homeFolder(), ".fleet/extensions", name);
}

function readRecord(cache: string, entries: readonly string[]): Kept | undefined {
  try {
    const record = JSON.parse(readFileSync(join(cache, "record.json"), "utf8")) as Kept;
    const isSame =
      JSON.stringify(record.entries) === JSON.stringify(entries) &&
      Object.entries(record.states).every(([file, state]) => stateOf(file) === state) &&
      entries.every((entry) => existsSync(bundleOf(cache, record, entry)));
    return isSame ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Size and times of a file, as `launch.mjs` records them. */
function stateOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return `${stat?.size}:${stat?.mtimeMs}:${stat?.ctimeMs}`;
}

function bundle(
  folder: string,
  cache: string,
  entries: readonly string[],
): Kept | { readonly problems: readonly Problem[] } {
  const unfinished = unfinishedFolder(cache);
  try {
    const script = join(programFolder(), "extend.mjs");
    const { error, status, stderr, stdout } = spawnSync(
      process.execPath,
      [script, resolve(folder), unfinished, ...entries],
      { encoding: "utf8", maxBuffer: 1024 ** 3, stdio: ["ignore", "pipe", "pipe"] },
    );
    if (error !== undefined || status !== 0) {
      const reason =
        error?.message ??
        (stderr
          .trim()
          .split("\n")
          .find((line) => line.includes("Error")) ||
          stderr.trim());
      throw new ExpectedError(`${folder} cannot be bundled: ${reason}. Run npm install again`);
    }
    const bundled = JSON.parse(stdout) as Bundled;
    if (!("code" in bundled)) return { problems: bundled.problems.map((problem) => problemOf(folder, problem)) };
    const { code, inputs, states } = bundled;
    const record: Kept = { code, inputs, states, entries };
    keep(cache, unfinished, record);
    return record;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Creates the folder into which bundles are written first. */
function unfinishedFolder(cache: string): string {
  const folder = join(cache, `unfinished-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : error;
    throw new ExpectedError(`cannot write ${folder}: ${reason}. Give yourself write access to .fleet`);
  }
  return folder;
}

/** Moves bundles to the place in the record, whole or not at all, and removes those that were not used for a day. */
function keep(cache: string, unfinished: string, record: Kept): void {
  const target = join(cache, record.code);
  const isWhole = record.entries.every((entry) => existsSync(bundleOf(cache, record, entry)));
  if (!isWhole) rmSync(target, { recursive: true, force: true });
  try {
    renameSync(unfinished, target);
  } catch {
    // another process was faster, with the same code
  }
  const file = join(cache, "record.json");
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(record));
  renameSync(`${file}.${process.pid}`, file);
  for (const name of readdirSync(cache)) {
    const stat = statSync(join(cache, name), { throwIfNoEntry: false });
    if (stat?.isDirectory() && name !== record.code && stat.mtimeMs < Date.now() - DAY)
      rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function problemOf(
  folder: string,
  { column, file, line, message }: Exclude<Bundled, { code: string }>["problems"][number],
): Problem {
  if (file === undefined) return extensionProblem(folder, message);
  return extensionProblem(shownPath(folder, file), message, { line, column });
}

/** Returns a path as messages show it: below the folder of extensions, or else relative to where the command runs. */
export function shownPath(folder: string, file: string): string {
  const below = relative(resolve(folder), file);
  return below.startsWith("..") ? relative(process.cwd(), file) : join(folder, below);
}
