import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isRunning, withCleanUp } from "./whole-output";

/**
 * Creates a lock, a file that contains the number of this process, and returns true if this process has it now. A lock of a process
 * that was killed counts for nothing.
 */
export function takeLock(lock: string): boolean {
  mkdirSync(dirname(lock), { recursive: true });
  const own = `${lock}-${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, lock); // unlike a file that is written, it has its content from the beginning
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const owner = ownerOf(lock);
    if (owner === undefined || (owner > 0 && isRunning(owner))) return false;
    // Several processes may see that the owner has ended. The lock of the takeover lets one after another look again.
    const takeover = `${lock}.after-${owner}`;
    if (!takeLock(takeover)) return false;
    try {
      if (!Object.is(ownerOf(lock), owner)) return false;
      renameSync(own, lock);
      return true;
    } finally {
      rmSync(takeover, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** Returns the process that has a lock; undefined if none has it now, and NaN or 0 if the lock is damaged. */
export function ownerOf(lock: string): number | undefined {
  return existsSync(lock) ? Number(readFileSync(lock, "utf8")) : undefined;
}

/** Calls `use` while this process has a lock. Waits until other processes have ended their work with it. */
export async function withLock<Result>(lock: string, use: () => Promise<Result>): Promise<Result> {
  while (!takeLock(lock)) await pause(100);
  return withCleanUp(() => rmSync(lock, { force: true }), use);
}
