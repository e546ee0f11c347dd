import { readFileSync, statSync } from "node:fs";
import { createColors } from "picocolors";
import wrapAnsi from "wrap-ansi";
import { formatProblem, type Place, type Problem, readable, UNSEEN } from "../../language/problem";
import { MOST_BYTES } from "../../language/yaml/parse";
import { type Terminal, terminalOf } from "./terminal";

/** The longest part of a line that an excerpt shows. */
const LONGEST_EXCERPT = 100;

/** Returns the line of a place, or undefined if it cannot be read. */
export type LineOf = (place: Place) => string | undefined;

/**
 * Returns the report of a run's problems: each with its line of the file, and their count at the end. No line of a file with a secret is
 * shown.
 */
export function problemReport(problems: readonly Problem[], terminal: Terminal, lineOf: LineOf): string {
  const secretive = new Set(problems.flatMap(({ secret, place }) => (secret && place !== null ? [place.file] : [])));
  const { shown, more } = readable(problems);
  const blocks = shown.map((problem) => {
    const { place } = problem;
    const line = place === null || secretive.has(place.file) ? undefined : lineOf(place);
    const told = wrapped(coloured(problem, terminal), terminal);
    return place === null || line === undefined || line.trim() === ""
      ? told
      : `${told}\n${excerpt(line, place, terminal)}`;
  });
  return [...blocks, ...more, count(problems, terminal)].join("\n");
}

function coloured(problem: Problem, { colours }: Terminal): string {
  const { bold, red, yellow } = createColors(colours);
  const paint = problem.severity === "error" ? red : yellow;
  const text = formatProblem(problem);
  const word = `${problem.severity}: `;
  const start = text.indexOf(word);
  return `${bold(text.slice(0, start))}${bold(paint(word.trimEnd()))} ${text.slice(start + word.length)}`;
}

/** Continued lines are indented. A path that is longer than the terminal is not broken, so that it can be clicked. */
function wrapped(text: string, { width }: Terminal): string {
  return width === undefined ? text : wrapAnsi(text, width - 2, { trim: true }).replaceAll("\n", "\n  ");
}

/** The line with its number, and a mark below the column. Of a long line, the part around the column. */
function excerpt(
  line: string,
  { line: number, column }: Place,
  { colours, width = LONGEST_EXCERPT }: Terminal,
): string {
  const { dim } = createColors(colours);
  const gutter = `${number}`.padStart(5);
  const room = Math.max(20, Math.min(width, LONGEST_EXCERPT) - gutter.length - 4);
  const letters = [...line.trimEnd().replace(UNSEEN, " ")];
  const start = column > room - 10 ? column - 1 - Math.floor(room / 2) : 0;
  const shown = letters.slice(start, start + room).join("");
  const mark = " ".repeat(Math.min(column - 1, letters.length) - start);
  return `${dim(`${gutter} |`)} ${shown}\n${dim(`${" ".repeat(gutter.length)} |`)} ${mark}^`;
}

function count(problems: readonly Problem[], { colours }: Terminal): string {
  const of = (severity: Problem["severity"], word: string): string[] => {
    const found = problems.filter((problem) => problem.severity === severity).length;
    return found === 0 ? [] : [`${found} ${word}${found === 1 ? "" : "s"}`];
  };
  return createColors(colours).bold([...of("error", "error"), ...of("warning", "warning")].join(", "));
}

/** Reads the lines of files, each file once. */
function linesOfFiles(): LineOf {
  const files = new Map<string, readonly string[]>();
  return ({ file, line }) => {
    const lines = files.get(file) ?? linesOf(file);
    files.set(file, lines);
    return lines[line - 1];
  };
}

/** A file that cannot be read, or never ends, has no lines. Its problem contains the reason. */
function linesOf(file: string): readonly string[] {
  try {
    const stat = statSync(file);
    return stat.isFile() && stat.size <= MOST_BYTES ? readFileSync(file, "utf8").split(/\r?\n/) : [];
  } catch {
    return [];
  }
}

/** Prints problems on stderr. */
export function printProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) console.error(problemReport(problems, terminalOf(process.stderr), linesOfFiles()));
}

/** Prints problems of a draft, whose text is passed in because its file may not exist yet. */
export function printDraftProblems(
  problems: readonly Problem[],
  draft: { readonly file: string; readonly text: string },
): void {
  const others = linesOfFiles();
  const lines = draft.text.split("\n");
  const lineOf: LineOf = (place) => (place.file === draft.file ? lines[place.line - 1] : others(place));
  if (problems.length > 0) console.error(problemReport(problems, terminalOf(process.stderr), lineOf));
}
