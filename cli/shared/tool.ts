import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunTool, Wait } from "../../operations/destroy/tools";

/** Returns a function that runs other commands, such as kubectl, until the signal is aborted. Their output is collected, not printed. */
export function toolRunner(signal: AbortSignal): RunTool {
  return (command, args, { env = {}, seconds = 60 } = {}) =>
    new Promise((resolve) => {
      const child = spawn(command, args, {
        env: { ...process.env, AWS_PAGER: "", ...env },
        stdio: ["ignore", "pipe", "pipe"],
        signal: AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]),
      });
      const output = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const)
        child[name].setEncoding("utf8").on("data", (text: string) => {
          output[name] += text;
        });
      child.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") resolve({ failed: `${command} is not installed` });
        else if (signal.aborted) resolve({ failed: `${command} was stopped` });
        else resolve({ failed: error.name === "AbortError" ? `${command}: no answer in ${seconds} s` : error.message });
      });
      child.on("close", (code) => {
        if (code === 0) resolve({ stdout: output.stdout });
        else resolve({ failed: output.stderr.trim().split("\n").at(-1) || `${command} ended with ${code}` });
      });
    });
}

/** Returns a function that waits until the time is over or the signal is aborted. */
export function waiter(signal: AbortSignal): Wait {
  return (milliseconds) => sleep(milliseconds, undefined, { signal });
}
