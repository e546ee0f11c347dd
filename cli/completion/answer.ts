import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Command } from "../shared/command";
import { programPath } from "../shared/program-root";
import { type Completion, completionOf, type Named } from "./candidates";

/** The argument with which shells request completions of the last word. */
export const COMPLETE = "__complete";

/** The line in place of candidates if the shell must complete names of files. */
export const FILES = ":files";

/**
 * Names that a shell never interprets. Clusters have no others, and a file with another name is not offered: no file name may run a
 * command, because another person may have committed it.
 */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Returns the completions for a shell: one on each line, with its description after a tab. */
export function completionText(commands: readonly Command[], words: readonly string[]): string {
  return textOf(completionOf(commands, words, namesOf));
}

function textOf(completion: Completion): string {
  if (completion === "files") return `${FILES}\n`;
  return completion
    .map(({ description, value }) => `${value}${description && `\t${description.replace(/\s+/g, " ")}`}\n`)
    .join("");
}

/** Reads only file names: a wrong definition must not break completion, and reading all of them would be slow. */
function namesOf(what: Named): readonly string[] {
  const directory = process.env["DEFINITIONS_DIR"] ?? "definitions";
  const folders = [join(directory, what), ...(what === "releases" ? [programPath(join("definitions", what))] : [])];
  const names = folders
    .flatMap((folder) => filesOf(folder, what === "clusters"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => basename(file, ".yaml"))
    .filter((name) => NAME.test(name));
  return [...new Set(names)].sort();
}

function filesOf(folder: string, recursive: boolean): string[] {
  try {
    return readdirSync(folder, { recursive, encoding: "utf8" });
  } catch {
    return []; // completion must not print errors at the prompt
  }
}
