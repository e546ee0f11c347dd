import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ExpectedError } from "../../language/expected-error";

/**
 * Writes files and runs `check`. If either fails, every file is as it was, and no new folder stays.
 *
 * @throws ExpectedError with the path that cannot be written, or what `check` throws
 */
export function writeAll<Result>(files: ReadonlyMap<string, string>, check: () => Result): Result {
  const undo: (() => void)[] = [];
  try {
    for (const [path, text] of files) {
      const before = existsSync(path) ? readFileSync(path) : undefined;
      // Only the top new folder, which is removed with its content.
      const folder = mkdirSync(dirname(path), { recursive: true });
      if (folder !== undefined) undo.push(() => rmSync(folder, { recursive: true, force: true }));
      undo.push(() => (before === undefined ? rmSync(path, { force: true }) : writeFileSync(path, before)));
      writeFileSync(path, text);
    }
    return check();
  } catch (error) {
    for (const each of undo.reverse()) {
      try {
        each();
      } catch {} // a path that cannot be restored must not prevent the restoration of the others
    }
    throw isSystemError(error)
      ? new ExpectedError(`cannot write ${error.path}: ${error.code}. Nothing was written`)
      : error;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "path" in error;
}
