import { type Document, isScalar, parseDocument, type YAMLParseError, type YAMLWarning } from "yaml";
import type { Problem } from "../problem";
import type { RuleId } from "../rule-ids";
import { buildTree } from "./build";
import { Lines } from "./lines";
import { type MapTree, placeOf, type Source } from "./tree";

/** Far more than a definition requires; reporting every problem of a larger file would take long. */
export const MOST_BYTES = 1024 * 1024;

export const TOO_LARGE = "is larger than 1 MiB, which is too large for a definition";

const TOO_DEEP = "nests its values too deeply. A definition has about ten levels";

/** The first line of a merge that git could not finish. */
const CONFLICT = /^<{7} /m;
const CONFLICTING =
  "has an unresolved merge conflict of git. Keep the lines that are right, and remove those that begin with <<<<<<<, ======= and >>>>>>>";

/** Explanations of the parser's errors for people who write definitions; other errors are shown unchanged. */
const EXPLAINED: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "a tab cannot indent YAML. Use two spaces",
  MULTIPLE_DOCS: "the file contains several YAML documents. Keep one definition in a file, without further `---` lines",
  BLOCK_AS_IMPLICIT_KEY: "is not valid YAML: this line has a second `: `. Put text that contains one into quotes",
  BAD_INDENT: "is not valid YAML: this line is indented less or more than its neighbours",
  MULTILINE_IMPLICIT_KEY: "is not valid YAML: a key must end in `:` on its own line",
  BAD_SCALAR_START: "is not valid YAML: plain text cannot start with this character. Put it into quotes",
};

export interface ParsedFile {
  /** The file's map; undefined if it cannot be read. */
  readonly root: MapTree | undefined;
  readonly problems: readonly Problem[];
  /** The text of the file, for checks that read more than values. */
  readonly text: string;
  readonly source: Source;
}

/** Reads one YAML file into a tree of values with places. All problems are returned, none is thrown. */
export function parseYaml(file: string, bytes: Uint8Array): ParsedFile {
  if (bytes.length > MOST_BYTES) return refused({ file, lines: new Lines("") }, TOO_LARGE, 0, "file-size");
  const text = new TextDecoder("utf-8").decode(bytes); // drops a byte-order mark
  const source: Source = { file, lines: new Lines(text) };
  // Bytes that are no UTF-8 are decoded as U+FFFD; UTF-16 without a byte-order mark has a zero byte in every second place.
  const bad = text.search(/[\uFFFD\0]/);
  if (bad >= 0) return refused(source, "is not UTF-8 text. Save the file as UTF-8", bad, "file-encoding");
  const document = parseDocument(text, {
    prettyErrors: false,
    uniqueKeys: false, // the tree's builder finds twins, and what else is in the file
    logLevel: "error", // "silent" would also keep quiet about further documents
  });
  const conflict = document.errors.length > 0 ? text.search(CONFLICT) : -1;
  if (conflict >= 0) return refused(source, CONFLICTING, conflict, "yaml-syntax");
  return { text, source, ...treeOfDocument(source, document) };
}

function refused(source: Source, message: string, offset: number, rule: RuleId): ParsedFile {
  return { root: undefined, problems: [problemAt(source, offset, message, rule)], text: "", source };
}

function treeOfDocument(source: Source, document: Document): Pick<ParsedFile, "root" | "problems"> {
  const problems = syntaxProblems(source, document);
  // A broken document gives broken values: only its syntax is worth talking about.
  if (problems.length > 0) return { root: undefined, problems };
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    const message = "the file is empty, but must contain a map of keys";
    return { root: undefined, problems: [problemAt(source, 0, message, "empty-file")] };
  }
  return buildTree(source, document);
}

/** Syntax errors that do not change how the parser reads what follows. */
const HARMLESS_TO_THE_REST: ReadonlySet<string> = new Set(["TAG_RESOLVE_FAILED", "BAD_DQ_ESCAPE", "TAB_AS_INDENT"]);

/** More errors of these kinds are one mistake, such as an editor that indents with tabs. */
const MOST_SYNTAX_PROBLEMS = 3;

/** One mistake often breaks all that follows it: what comes after it is an error about the mistake, not about the file. */
function syntaxProblems(source: Source, document: Document): Problem[] {
  const errors = [...document.errors, ...document.warnings];
  const broken = errors.findIndex(({ code }) => !HARMLESS_TO_THE_REST.has(code));
  const problems = (broken < 0 ? errors : errors.slice(0, broken + 1)).map((error) =>
    problemAt(source, error.pos[0], explained(error)),
  );
  const { explicit, version } = document.directives?.yaml ?? {};
  if (explicit === true && version !== "1.2") {
    const message = "a %YAML line of another version changes the meaning of values. Remove it";
    problems.unshift(problemAt(source, 0, message));
  }
  // The end of the call stack is at a random place, and problems around it are noise.
  const tooDeep = errors.find((error) => explained(error) === TOO_DEEP);
  if (tooDeep !== undefined) return [problemAt(source, tooDeep.pos[0], TOO_DEEP, "file-size")];
  const lines = new Set<number | undefined>();
  return problems
    .filter(({ place }) => !lines.has(place?.line) && lines.add(place?.line))
    .slice(0, MOST_SYNTAX_PROBLEMS);
}

function explained({ code, message }: YAMLParseError | YAMLWarning): string {
  if (code === "TAG_RESOLVE_FAILED") return `${sentence(message)}. Remove the tag, the word that starts with !`;
  if (message.startsWith("Flow ")) return "is not valid YAML: a [ or { before this line is not closed";
  // The parser calls itself for each level, and some files have more levels than the call stack: it reports that itself.
  if (message.startsWith("Maximum call stack")) return TOO_DEEP;
  return EXPLAINED[code] ?? `is not valid YAML: ${sentence(message)}`;
}

function sentence(message: string): string {
  const line = message.split("\n")[0] ?? message;
  return line.charAt(0).toLowerCase() + line.slice(1);
}

function problemAt(source: Source, offset: number, message: string, rule: RuleId = "yaml-syntax"): Problem {
  return { rule, severity: "error", place: placeOf({ source, offset }), path: "", message };
}
