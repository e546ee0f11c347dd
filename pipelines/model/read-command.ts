/** The command that runs the program in jobs. The package is installed before, and nothing is downloaded here. */
export const FLEET_CI = "npx --no-install fleet ci";

/** Lines of a script that set a job up. */
export const INSTALL = "npm ci --ignore-scripts";

/**
 * Returns the stage and the words of a command of a job, undefined for a line that sets the job up, and a line that the model does
 * not have as it is.
 */
export function readCommand(
  line: string,
): { readonly stage: string; readonly words: readonly string[] } | string | undefined {
  if (line === INSTALL) return undefined;
  if (!line.startsWith(`${FLEET_CI} `) || !/^[\w ./-]+$/.test(line)) return `script ${JSON.stringify(line)}`;
  const [stage = "", ...words] = line.slice(FLEET_CI.length + 1).split(" ");
  return { stage, words };
}
