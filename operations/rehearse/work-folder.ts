import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isRunning, withCleanUp } from "../../synth/whole-output";

/** Files of the last rehearsal. The next rehearsal overwrites them. */
export const WORK = ".fleet/rehearsal";

/**
 * Calls `use` with the folder of a rehearsal: `work`, whose content stays. While another process rehearses there, it is a folder of
 * this process, which is removed at the end.
 */
export function withWorkFolder<Result>(use: (folder: string) => Promise<Result>, work = WORK): Promise<Result> {
  const lock = `${work}.pid`;
  mkdirSync(dirname(work), { recursive: true });
  const isFree = take(lock);
  const folder = isFree ? work : `${work}-${process.pid}`;
  return withCleanUp(
    () => rmSync(isFree ? lock : folder, { recursive: true, force: true }),
    () => use(folder),
  );
}

/** Creates a lock, and returns true if this process has it now. A lock of a process that was killed counts for nothing. */
function take(lock: string): boolean {
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
    if (!take(takeover)) return false;
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
function ownerOf(lock: string): number | undefined {
  return existsSync(lock) ? Number(readFileSync(lock, "utf8")) : undefined;
}
