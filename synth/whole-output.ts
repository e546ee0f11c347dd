import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { exitCodeOf, STOP_SIGNALS } from "../language/exit-code";
import { ExpectedError } from "../language/expected-error";

/** Thrown if output cannot be written, or if a defect of the program stopped it. */
export class OutputError extends ExpectedError {}

const UNFINISHED = /^\.writing-(\d+)-/;

/**
 * Writes files into a directory all at once: `write` writes them into another folder of the same file system, and they are renamed
 * when it has ended. Whatever fails before that, a signal included, leaves the directory as it was.
 */
export async function writeWhole<Result>(
  directory: string,
  write: (unfinished: string) => Promise<Result> | Result,
): Promise<Result> {
  const missing = firstMissing(directory);
  try {
    mkdirSync(directory, { recursive: true });
    removeLeftovers(directory);
    const unfinished = mkdtempSync(join(directory, `.writing-${process.pid}-`));
    const discard = (): void => {
      rmSync(unfinished, { recursive: true, force: true });
      if (missing !== undefined && isEmpty(directory)) rmSync(missing, { recursive: true, force: true });
    };
    return await withCleanUp(discard, async () => {
      const result = await write(unfinished);
      replaceAll(unfinished, directory);
      return result;
    });
  } catch (error) {
    throw explained(error, directory);
  }
}

const enders = new Set<unknown>();

/** Runs work and cleans up after it, whatever ends it: an error or a signal too. */
export async function withCleanUp<Result>(cleanUp: () => void, work: () => Promise<Result> | Result): Promise<Result> {
  // A command with a handler of its own ends by itself, and cleans up more.
  const end = (signal: NodeJS.Signals): void => {
    if (process.listeners(signal).every((listener) => enders.has(listener))) process.exit(exitCodeOf(signal));
  };
  enders.add(end);
  process.on("exit", cleanUp);
  for (const signal of STOP_SIGNALS) process.on(signal, end);
  try {
    return await work();
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, end);
    enders.delete(end);
    process.off("exit", cleanUp);
    cleanUp();
  }
}

/** The topmost directory that has to be created for a path; undefined if the path exists. */
function firstMissing(path: string): string | undefined {
  if (existsSync(path)) return undefined;
  return existsSync(dirname(path)) ? path : firstMissing(dirname(path));
}

function isEmpty(directory: string): boolean {
  return existsSync(directory) && readdirSync(directory).length === 0;
}

/** Removes folders of processes that were killed before they could. */
function removeLeftovers(directory: string): void {
  for (const name of readdirSync(directory)) {
    const pid = UNFINISHED.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(directory, name), { recursive: true, force: true });
  }
}

/** True if another process with this number runs. */
export function isRunning(pid: number): boolean {
  if (pid === process.pid) return false; // in a container, an earlier run may have had the same number
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** Moves every file below a folder to the same path below another. If one cannot be moved, none is. */
function replaceAll(from: string, to: string): void {
  const replaced = join(from, ".replaced");
  const undo: (() => void)[] = [];
  const files = filesBelow(from);
  mkdirSync(replaced);
  try {
    const folders = new Set(files.map((file) => dirname(join(to, file))));
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    for (const [index, file] of files.entries()) {
      const target = join(to, file);
      const earlier = join(replaced, String(index));
      if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) {
        renameSync(target, earlier);
        undo.push(() => renameSync(earlier, target));
      }
      renameSync(join(from, file), target);
      undo.push(() => rmSync(target, { force: true }));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

const REASONS: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  EACCES: ["permission denied", "Check the permissions of the folder"],
  EDQUOT: ["your disk quota is used up", "Free some space and run the command again"],
  EEXIST: ["something else has this name", "Remove it and run the command again"],
  EISDIR: ["a folder has this name", "Remove it and run the command again"],
  ENOSPC: ["no space is left on the device", "Free some space and run the command again"],
  ENOTDIR: ["a file has the name of a folder", "Remove it and run the command again"],
  EPERM: ["permission denied", "Check the permissions of the folder"],
  EROFS: ["the file system is read-only", "Mount it with write access, or write to another folder"],
};

/** Returns an error of the file system in words, and any other error unchanged. */
function explained(error: unknown, directory: string): unknown {
  if (!isOfSystem(error)) return error;
  const { code, dest, path, syscall = "" } = error;
  const named = dest ?? path ?? directory;
  const verb = syscall.startsWith("spawn") ? "start" : isOnWay(named, directory) ? "write" : "read";
  const file = named.replace(/\.writing-\d+-\w+\//, "");
  const [what, remedy] = (verb === "write" ? REASONS[code] : undefined) ?? [
    code,
    "Fix the cause and run the command again",
  ];
  return new OutputError(`cannot ${verb} ${file}: ${what}. The earlier output is unchanged. ${remedy}`, {
    cause: error,
  });
}

/** True if a path is a directory, below it, or above it. */
function isOnWay(path: string, directory: string): boolean {
  const [file, folder] = [path, directory].map((each) => `${resolve(each)}${sep}`) as [string, string];
  return file.startsWith(folder) || folder.startsWith(file);
}

/** Returns the code of an error of the operating system; undefined for other errors. */
function codeOf(error: unknown): string | undefined {
  return isOfSystem(error) ? error.code : undefined;
}

/** True if the operating system refused something, such as to write a file. */
export function isOfSystem(error: unknown): error is NodeJS.ErrnoException & { code: string; dest?: string } {
  return typeof error === "object" && error !== null && "syscall" in error && "code" in error;
}
