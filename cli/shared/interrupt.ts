/** Thrown in place of a command's own errors when somebody stopped it. */
export class Interrupted extends Error {
  constructor(/** 128 and the number of the signal, as shells count. */ readonly exitCode: number) {
    super("stopped");
  }
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Runs work that leaves things behind if the process just ended, such as temporary folders. The work receives a signal that is
 * aborted by Ctrl-C; it stops its own processes, ends, and cleans up. A second Ctrl-C ends the process at once.
 *
 * @throws Interrupted if the work was stopped, whatever the work itself threw then.
 */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let stopped: Interrupted | undefined;
  const handlers = Object.entries(SIGNALS).map(([name, exitCode]) => {
    const handler = (): void => {
      if (stopped !== undefined) process.exit(exitCode);
      stopped = new Interrupted(exitCode);
      controller.abort(stopped);
    };
    process.on(name, handler);
    return () => process.off(name, handler);
  });
  try {
    return await work(controller.signal);
  } catch (error) {
    throw stopped ?? error;
  } finally {
    for (const remove of handlers) remove();
  }
}
