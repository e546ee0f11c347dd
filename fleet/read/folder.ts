import { type Dirent, readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { compareText, type Problem } from "../../language/problem";
import { codeOf, NOT_UTF8_NAME, problemOf, UNREADABLE } from "./file-problems";

/** The YAML files below a folder, and what is wrong with its folders. */
export interface Listing {
  /** In order of their paths. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

const LINK_TO_FOLDER =
  "is a symbolic link to a folder, which is not followed. Move the folder here, or link its files one by one";

/**
 * Lists every YAML file below a folder, except files that are hidden, as those of editors and archives. A broken link counts,
 * because it was placed there on purpose. No file of a definition is skipped silently, because a cluster without a file counts as
 * deleted.
 */
export function listFolder(folder: string): Listing {
  const files: string[] = [];
  const problems: Problem[] = [];
  const visit = (path: string): void => {
    for (const entry of entriesOf(path, problems)) {
      const file = join(path, entry.name);
      const hidden = entry.name.startsWith(".");
      if (entry.isDirectory()) visit(file);
      const link = entry.isSymbolicLink() && !hidden ? targetOf(file) : undefined;
      if (link === "folder") problems.push(problemOf(file, LINK_TO_FOLDER));
      else if (!hidden && /\.ya?ml$/i.test(entry.name)) files.push(file);
      else if (link === "nothing" && extname(entry.name) === "")
        problems.push(problemOf(file, UNREADABLE["ENOENT"] ?? ""));
    }
  };
  visit(folder);
  return { files: files.sort(compareText), problems };
}

function entriesOf(folder: string, problems: Problem[]): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const code = codeOf(error);
    const message = folder.includes("\uFFFD")
      ? NOT_UTF8_NAME
      : `is a folder that cannot be read (${code}). Check its permissions`;
    problems.push(problemOf(folder, message));
    return [];
  }
}

function targetOf(link: string): "folder" | "file" | "nothing" {
  try {
    return statSync(link).isDirectory() ? "folder" : "file";
  } catch {
    return "nothing";
  }
}
