import { spawn } from "node:child_process";
import { filled, healthy, inconclusive, type Look, unhealthy } from "./check";

/** Characters of a program's output that are kept. */
const MOST_OUTPUT = 64 * 1024 * 1024;

export interface Ended {
  /** Null if it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program without a shell. At an abort, it and its children are killed. */
export function runProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // A separate process group, so that its children can be killed with it.
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const output = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        if (output[stream].length < MOST_OUTPUT) output[stream] += text;
      });
    const kill = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // it has ended
      }
    };
    signal.addEventListener("abort", kill, { once: true });
    child.on("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "ENOENT" ? new Error(`${program} is not installed`) : error),
    );
    child.on("close", (code) => {
      signal.removeEventListener("abort", kill);
      if (signal.aborted) reject(signal.reason);
      else resolve({ code, ...output });
    });
  });
}

/** Healthy if a command ends with 0. */
export const lookByCommand: Look = async ({ command = [] }, cluster, { environment }, signal) => {
  const [program = "", ...args] = command;
  const { code, stderr, stdout } = await runProgram(
    program,
    args.map((each) => filled(each, cluster)),
    environment,
    signal,
  );
  const said = lastLine(stderr) || lastLine(stdout);
  if (code === 0) return healthy(lastLine(stdout) || "exit code 0");
  if (code === null) return inconclusive("the command was killed");
  return unhealthy(`exit code ${code}${said === "" ? "" : `: ${said}`}`);
};

export function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1)?.trim() ?? "";
}
