import type { RuleId } from "./rule-ids";
import { listed } from "./suggest";

/** A place in a file; lines and columns count from 1, as editors do. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A finding about a definition for a person to read: an error stops the run, a warning does not. */
export interface Problem {
  /** The kind of problem. */
  readonly rule: RuleId;
  readonly severity: "error" | "warning";
  /** The place in its file; null for what is in no file, such as CLUSTER_NAME in the environment. */
  readonly place: Place | null;
  /** The key as its file spells it: `tfvars.workers[spotworkers].max_size`; empty for the whole file. */
  readonly path: string;
  /** The mistake, the value that was found, what is allowed and what to do. */
  readonly message: string;
  /** The clusters that have the problem, if it is in a layer that they share. */
  readonly clusters?: readonly string[];
  /** True for a secret that was found: nothing that its file contains may be shown. */
  readonly secret?: true;
}

/** Thrown once, with every error and warning of a run; its message is what the user reads. */
export class DefinitionError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    const { shown, more } = readable(problems);
    super([...shown.map(formatProblem), ...more].join("\n"));
    this.name = "DefinitionError";
  }
}

/** Number of problems that are printed of each file; more are not read before the first is fixed. */
const MOST_OF_A_FILE = 200;

/** Returns the first problems of each file, and a line for each file that has more. */
export function readable(problems: readonly Problem[]): {
  readonly shown: readonly Problem[];
  readonly more: string[];
} {
  const counts = new Map<string, number>();
  const shown = problems.filter(({ place }) => {
    const file = place?.file ?? "";
    const count = (counts.get(file) ?? 0) + 1;
    counts.set(file, count);
    return count <= MOST_OF_A_FILE;
  });
  const more = [...counts]
    .filter(([, count]) => count > MOST_OF_A_FILE)
    .map(([file, count]) => visible(`${file === "" ? "" : `${file}: `}${count - MOST_OF_A_FILE} more problems`));
  return { shown, more };
}

/** A longer word is a value by mistake: its beginning shows which. */
const LONG_WORD = /\S{400,}/g;

/** Invisible characters: they move the cursor, change colours or the direction of text, or break a line. */
export const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Writes characters that cannot be seen as escapes. They would move the cursor, change colours or the direction of text, or look
 * like a line of their own.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
}

/** `path/file.yaml:line:column error: key: message`, without characters that a terminal obeys. */
export function formatProblem(problem: Problem): string {
  const { severity, place } = problem;
  const where = place === null ? "" : `${place.file}:${place.line}:${place.column} `;
  return `${visible(where)}${severity}: ${problemText(problem)}`;
}

/** `key: message`, on one line and without characters that a terminal obeys. */
export function problemText({ path, message, clusters = [] }: Pick<Problem, "clusters" | "message" | "path">): string {
  const whole = path === "" ? message : `${path}: ${message}`;
  const what = whole.replace(LONG_WORD, (word) => `${word.slice(0, 100)}...`);
  const about = clusters.length === 0 ? "" : ` (for cluster${clusters.length > 1 ? "s" : ""} ${listed(clusters, 3)})`;
  return visible(`${what}${about}`);
}

/** Sorts problems by file, line and column, and merges equal problems of several clusters. */
export function inReadingOrder(problems: readonly Problem[]): Problem[] {
  const once = new Map<string, Problem>();
  for (const problem of problems) {
    const { clusters: _clusters, ...same } = problem;
    const key = formatProblem(same);
    const clusters = [...(once.get(key)?.clusters ?? []), ...(problem.clusters ?? [])];
    once.set(key, clusters.length === 0 ? problem : { ...problem, clusters: [...new Set(clusters)] });
  }
  return withoutShorter([...once.values()]).sort(
    (a, b) =>
      compareText(a.place?.file ?? "", b.place?.file ?? "") ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
      compareText(a.path, b.path),
  );
}

/** Drops a problem that another one at the same place reports with more text, such as the keys that are also required there. */
function withoutShorter(problems: readonly Problem[]): Problem[] {
  const byPlace = new Map<string, Problem[]>();
  for (const problem of problems) {
    const { path, place, rule, severity } = problem;
    const key = JSON.stringify([place, path, rule, severity]);
    byPlace.set(key, [...(byPlace.get(key) ?? []), problem]);
  }
  return [...byPlace.values()].flatMap((same) =>
    same.filter(({ message }) => !same.some((other) => other.message !== message && other.message.startsWith(message))),
  );
}

/** Orders by code unit, which no locale changes. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
