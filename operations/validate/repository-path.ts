import { realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";

import { problemText, visible } from "../../language/problem";
import type { ReportedProblem } from "./report";

/** Returns the path of a file in its repository. What is in no file of the repository is reported at the folder of definitions. */
export type RepositoryPath = (file: string | null) => string;

/**
 * @param root the top folder of the repository
 * @param directory the folder of definitions
 */
export function repositoryPath(root: string, directory: string): RepositoryPath {
  const top = actualPath(root);
  const home = relative(top, actualPath(directory)) || ".";
  return (file) => {
    const path = file === null ? home : relative(top, actualPath(file));
    return path === "" || path.startsWith("..") ? home : path;
  };
}

/** A problem in the form of a report for a server. */
export interface ShownProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** Returns a problem in the form for a server. Its text contains the file if it is outside of the repository. */
export function shownProblem(problem: ReportedProblem, pathOf: RepositoryPath): ShownProblem {
  const { column, file, line } = problem;
  const path = pathOf(file);
  const text = problemText(problem);
  if (path !== pathOf(null)) return { path, line: line ?? 1, column: column ?? 1, text };
  return { path, line: 1, column: 1, text: file === null ? text : visible(`${file}:${line}:${column} ${text}`) };
}

/** Returns the absolute path of a file that need not exist. Links are followed on the way to it, but not the file itself. */
export function actualPath(path: string): string {
  const whole = resolve(path);
  const folder = dirname(whole);
  return folder === whole ? whole : join(realFolder(folder), basename(whole));
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return actualPath(folder);
  }
}
