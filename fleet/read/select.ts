import picomatch from "picomatch";
import type { Problem } from "../../language/problem";
import { meantOrKnown } from "../../language/suggest";
import { nameOfFile } from "./files";

export interface Selection {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/** Returns the files that a selection (names or globs, separated by commas) matches; without a selection, all files. */
export function select(files: readonly string[], selection: string | undefined): Selection {
  if (selection === undefined) return { files, problems: [] };
  const patterns = selection
    .split(/,(?![^{]*\})/) // not at those of a glob's braces
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== "");
  if (patterns.length === 0) {
    return { files: [], problems: [notFound("is empty. Set a name or a glob, or unset it to select every cluster")] };
  }
  const chosen = new Set<string>();
  const problems: Problem[] = [];
  for (const pattern of patterns) {
    if (pattern.startsWith("!")) {
      const what = `must not begin with "!", got ${JSON.stringify(pattern)}, which would select every other cluster`;
      problems.push(notFound(`${what}. Name the clusters that you mean`));
      continue;
    }
    const matches = picomatch(pattern);
    const matched = files.filter((file) => matches(nameOfFile(file)));
    for (const file of matched) chosen.add(file);
    if (matched.length === 0) problems.push(notFound(unknownName(pattern, files.map(nameOfFile))));
  }
  return { files: files.filter((file) => chosen.has(file)), problems };
}

function unknownName(pattern: string, names: readonly string[]): string {
  const what = /[*?[{(]/.test(pattern) ? "no cluster's name matches" : "no cluster is named";
  return `${what} ${JSON.stringify(pattern)}${meantOrKnown(pattern, names)}`;
}

function notFound(message: string): Problem {
  return { rule: "cluster-selection", severity: "error", place: null, path: "CLUSTER_NAME", message };
}
