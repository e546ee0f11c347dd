import { type Dirent, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { compareText, type Problem } from "../problem";

/** Folders below `extensions/`, and what a file in each adds. `hook` is the file `hook.ts`. */
export const KINDS = ["addons", "checks", "stacks", "hook"] as const;
export type Kind = (typeof KINDS)[number];

/** A file of `extensions/` that adds something. */
export interface ExtensionSource {
  readonly kind: Kind;
  /** The file's name without `.ts`. */
  readonly name: string;
  /** The file, as messages show it. */
  readonly file: string;
}

/** Returns the folder of the extensions of a directory of definitions: they are side by side. */
export function extensionsFolder(definitions: string): string {
  return join(definitions, "..", "extensions");
}

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const CODE = /\.[cm]?[jt]sx?$/;
/** Files that tools and tests need, and no program runs. */
const NO_EXTENSION = /\.d\.[cm]?ts$|\.(?:test|spec|config)\.[cm]?[jt]sx?$/;

/** Returns the extensions in a folder, and every other file with code, which must be imported by one of them. */
export function findExtensions(folder: string): {
  readonly sources: readonly ExtensionSource[];
  readonly others: readonly string[];
  readonly problems: readonly Problem[];
} {
  const files = codeBelow(folder);
  const sources = files.flatMap((file): ExtensionSource[] => {
    const [kind, inside, ...deeper] = relative(folder, file).split("/");
    if (!file.endsWith(".ts")) return [];
    if (kind === "hook.ts") return [{ kind: "hook", name: "hook", file }];
    if (!isKind(kind) || inside === undefined || deeper.length > 0) return [];
    return [{ kind, name: basename(file, ".ts"), file }];
  });
  const problems = sources
    .filter(({ name }) => !NAME.test(name))
    .map(({ file, name }) =>
      extensionProblem(file, `must be named by lower-case words with dashes between them, but is named ${name}`),
    );
  const named = new Set(sources.map(({ file }) => file));
  return { sources, others: files.filter((file) => !named.has(file)), problems };
}

function isKind(word: string | undefined): word is Exclude<Kind, "hook"> {
  return word !== "hook" && KINDS.some((kind) => kind === word);
}

function codeBelow(folder: string): string[] {
  return listed(folder)
    .flatMap((entry): string[] => {
      const path = join(folder, entry.name);
      if (entry.name.startsWith(".") || entry.name === "node_modules" || entry.name === "__tests__") return [];
      if (entry.isDirectory()) return codeBelow(path);
      return CODE.test(entry.name) && !NO_EXTENSION.test(entry.name) ? [path] : [];
    })
    .sort(compareText);
}

function listed(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // there is none
  }
}

/** Returns a problem of an extension. */
export function extensionProblem(
  file: string,
  message: string,
  { line = 1, column = 1, severity = "error" as Problem["severity"] } = {},
): Problem {
  return { rule: "extension", severity, place: { file, line, column }, path: "", message };
}
