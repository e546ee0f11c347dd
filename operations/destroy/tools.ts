/** Runs a command to its end, for at most `seconds`. It never throws because of the command's result. */
export type RunTool = (
  command: string,
  args: readonly string[],
  options?: { readonly seconds?: number; readonly env?: Readonly<Record<string, string>> },
) => Promise<{ readonly stdout: string } | { readonly failed: string }>;

/** Waits; rejects if the run is stopped meanwhile. */
export type Wait = (milliseconds: number) => Promise<void>;
