import type { Stats } from "node:fs";
import type { Problem } from "../../language/problem";
import type { RuleId } from "../../language/rule-ids";

export const NOT_UTF8_NAME = "has a name that is not UTF-8. Rename it";

/** Errors of the operating system in words. */
export const UNREADABLE: Readonly<Record<string, string>> = {
  EACCES: "cannot be read. Check the permissions of the file",
  ELOOP: "is a symbolic link to itself",
  ENOENT: "is a symbolic link to a file that does not exist",
};

/** Returns what an error of the operating system means for a file that was listed in its folder. */
export function unreadable(file: string, error: unknown): Problem {
  const code = codeOf(error);
  const renamed = code === "ENOENT" && file.includes("\uFFFD");
  return problemOf(file, renamed ? NOT_UTF8_NAME : (UNREADABLE[code] ?? `cannot be read: ${code}`));
}

/** Returns what is not a file, and may never end when it is read; undefined for a file. */
export function specialKind(stats: Stats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isDirectory()) return "a directory";
  if (stats.isFIFO()) return "a named pipe";
  return stats.isSocket() ? "a socket" : "a device";
}

export function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
}

/** Returns an error about a whole file. */
export function problemOf(file: string, message: string, rule: RuleId = "unreadable-file"): Problem {
  return { rule, severity: "error", place: { file, line: 1, column: 1 }, path: "", message };
}
