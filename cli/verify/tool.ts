import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";

/** An error of a tool that this program runs: what it printed. */
export class ToolError extends Error {}

/** The output of a tool. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a tool and returns what it prints. Throws what it prints to stderr if it fails. */
export function runTool(tool: string, words: readonly string[], { input }: { input?: string } = {}): Promise<Printed> {
  return new Promise((resolve, reject) => {
    const child = execFile(tool, words, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else if (error.code === "ENOENT")
        reject(new ToolError(`${tool} is missing. docs/verifying.md shows how to install it`));
      else reject(new ToolError(stderr.trim() || stdout.trim() || error.message));
    });
    child.stdin?.on("error", () => {}); // a tool that fails early closes its input; its own message is printed
    child.stdin?.end(input);
  });
}

/** Runs a tool and returns what it prints to stdout. */
export async function outputOf(
  tool: string,
  words: readonly string[],
  given: { input?: string } = {},
): Promise<string> {
  return (await runTool(tool, words, given)).stdout;
}

/** Maps items with as many calls at once as the machine has cores. The results are in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = new Array(items.length);
  const rest = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}
