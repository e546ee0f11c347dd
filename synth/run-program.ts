import { spawn } from "node:child_process";
import { visible } from "../language/problem";

/** The result of a process. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command, and reads what it prints. It ends with this process. */
export function finished(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const printed = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        printed[stream] += text;
      });
    const stop = (): void => {
      child.kill("SIGTERM");
    };
    process.once("exit", stop);
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("exit", stop);
      resolve({ code, ...printed });
    });
  });
}

/** Returns the lines of a text that are not empty, without characters that a terminal obeys. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => visible(line.trimEnd()))
    .filter((line) => line !== "");
}
