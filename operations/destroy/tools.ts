/** Runs a command to its end; `seconds` is how long it may take. It never throws because of how the command ended. */
export type RunTool = (
  command: string,
  args: readonly string[],
  options?: { readonly seconds?: number; readonly env?: Readonly<Record<string, string>> },
) => Promise<{ readonly stdout: string } | { readonly failed: string }>;

/** Waits; rejects if the run is stopped meanwhile. */
export type Wait = (milliseconds: number) => Promise<void>;
