import { rmSync } from "node:fs";
import { takeLock } from "../../synth/process-lock";
import { withCleanUp } from "../../synth/whole-output";

/** Files of the last rehearsal. The next rehearsal overwrites them. */
export const WORK = ".fleet/rehearsal";

/**
 * Calls `use` with the folder of a rehearsal: `work`, whose content stays. While another process rehearses there, it is a folder of
 * this process, which is removed at the end.
 */
export function withWorkFolder<Result>(use: (folder: string) => Promise<Result>, work = WORK): Promise<Result> {
  const lock = `${work}.pid`;
  const isFree = takeLock(lock);
  const folder = isFree ? work : `${work}-${process.pid}`;
  return withCleanUp(
    () => rmSync(isFree ? lock : folder, { recursive: true, force: true }),
    () => use(folder),
  );
}
