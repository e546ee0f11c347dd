import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isNode, LineCounter, parseDocument } from "yaml";
import { type Fleet, type LoadOptions, loadFleet } from "../../fleet/load";
import { DefinitionError, formatProblem } from "../../language/problem";
import { keptFolder } from "./jest/kept-folder";
import { SAMPLE_FLEET } from "./sample-fleet";
import { shipped } from "./shipped";

/** Path -> content of the files of a directory of definitions. */
export type Files = Readonly<Record<string, string | Uint8Array | { readonly linkTo: string }>>;

/** A day on which every version of the shipped releases that the tests use has standard support, and AWS lists every Windows image. */
export const TODAY = "2026-08-17";

/** The smallest file of a cluster, for tests about other files. */
export const SMALLEST = `meta:
  CLUSTER_NAME: a.example.com
tfvars:
  common:
    aws_region: us-east-1
  workers:
    - name: general
`;

/** Calls back with a directory that holds the sample accounts, tiers and channels and the given files, and removes it afterwards. */
export function withDefinitions<T>(files: Files, use: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "definitions-"));
  try {
    for (const part of SAMPLE_LAYERS) copySample(part, directory);
    write(files, directory);
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Files in every directory of `withDefinitions`. */
const SAMPLE_LAYERS = ["accounts", "tiers", "channels.yaml"];

function copySample(part: string, directory: string): void {
  cpSync(join(SAMPLE_FLEET, part), join(directory, part), { recursive: true });
}

function write(files: Files, directory: string): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === "object" && "linkTo" in content) symlinkSync(content.linkTo, file);
    else writeFileSync(file, content);
  }
}

/** The same for callers that only read: all calls share one directory, which is faster, and nothing is read twice (jest/remembered.ts). */
export function readingDefinitions<T>(files: Files, use: (directory: string) => T): T {
  const directory = keptFolder((path) => {
    for (const part of SAMPLE_LAYERS) copySample(part, path);
  });
  try {
    write(files, directory);
    return use(directory);
  } finally {
    const written = new Set(Object.keys(files).map((path) => path.split("/")[0] ?? path));
    for (const part of written) {
      rmSync(join(directory, part), { recursive: true, force: true });
      if (SAMPLE_LAYERS.includes(part)) copySample(part, directory);
    }
  }
}

export type Options = Partial<Pick<LoadOptions, "base" | "baseReleases" | "select" | "today">>;

export function fleetOf(files: Files, options: Options = {}): Fleet {
  return readingDefinitions(files, (directory) => loadFleet(optionsOf(directory, options)));
}

/**
 * Returns the errors and warnings that a user reads, with paths relative to the directory; an empty list if there is none. The word
 * `error:` is left out, so that the message stands out; `warning:` is not. The request for receivers is left out too, because each
 * production cluster with monitoring gets it.
 */
export function problemsOf(files: Files, options: Options = {}): string[] {
  return allProblemsOf(files, options).filter((problem) => !RECEIVERS.test(problem));
}

const RECEIVERS = / warning: tfvars\.addons\.kube_prometheus_stack\.options\.alerting\.receivers: is empty/;

/** Returns the same with the request for receivers. */
export function allProblemsOf(files: Files, options: Options = {}): string[] {
  return readingDefinitions(files, (directory) => {
    const relative = (text: string): string => text.replaceAll(`${directory}/`, "").replaceAll(directory, "DIRECTORY");
    try {
      return loadFleet(optionsOf(directory, options)).warnings.map(formatProblem).map(relative);
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      return error.problems.map(formatProblem).map(relative).map(withoutWord);
    }
  });
}

/** A line that reports an error, without the word `error:`. */
export const withoutWord = (line: string): string => line.replace(/^(\S+:\d+:\d+ )?error: /, "$1");

function optionsOf(directory: string, options: Options): LoadOptions {
  return { directory, shipped: "definitions", today: TODAY, ...options };
}

/** Returns the place at which the shipped defaults set a key, as messages write it, so that tests contain no line number. */
export function inDefaults(path: string): string {
  const file = "definitions/defaults.yaml";
  const lineCounter = new LineCounter();
  const node = parseDocument(readFileSync(file, "utf8"), { lineCounter }).getIn(path.split("."), true);
  if (!isNode(node) || !node.range) throw new Error(`${file} has no ${path}`);
  const { line, col } = lineCounter.linePos(node.range[0]);
  return `${file}:${line}:${col}`;
}

/** Returns the shipped default of a key. */
export function defaultsOf(path: string): unknown {
  return path.split(".").reduce((value, key) => (value as Record<string, unknown>)[key], shipped("defaults.yaml"));
}
