import { exitCodeOf, STOP_SIGNALS } from "../../language/exit-code";

/** Thrown in place of a command's own errors when it was interrupted. */
export class Interrupted extends Error {
  constructor(readonly exitCode: number) {
    super("stopped");
  }
}

/**
 * Runs work that must clean up before the process ends, for example temporary folders. The work receives a signal that is aborted by
 * Ctrl-C; it stops its own processes, ends, and cleans up. A second Ctrl-C ends the process at once.
 *
 * @throws Interrupted if the work was stopped, whatever the work itself threw then.
 */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let stopped: Interrupted | undefined;
  const handlers = STOP_SIGNALS.map((signal) => {
    const exitCode = exitCodeOf(signal);
    const handler = (): void => {
      if (stopped !== undefined) process.exit(exitCode);
      stopped = new Interrupted(exitCode);
      controller.abort(stopped);
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  try {
    return await work(controller.signal);
  } catch (error) {
    throw stopped ?? error;
  } finally {
    for (const remove of handlers) remove();
  }
}
