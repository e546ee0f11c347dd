import { spawn } from "node:child_process";
import { constants } from "node:os";

const FORWARDED = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a command to its end and returns its exit code, as a shell would count it: 128 and the number for a signal, 127
 * for a command that is not there. Signals go on to the command, whose ending is then waited for.
 */
export function runCommand(command: string, args: readonly string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    // Handlers come first, because a signal may come as soon as the command runs; none is called before the child is there.
    const handlers = FORWARDED.map((signal) => {
      const handler = () => {
        // A terminal sends Ctrl-C to the command too, and Terraform takes a second one as an order to stop at once.
        if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
      };
      process.on(signal, handler);
      return [signal, handler] as const;
    });
    const child = spawn(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
    const finish = (code: number) => {
      for (const [signal, handler] of handlers) process.off(signal, handler);
      resolve(code);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      process.stderr.write(`${command}: ${error.code === "ENOENT" ? "command not found" : error.message}\n`);
      finish(error.code === "ENOENT" ? 127 : 126);
    });
    child.on("close", (code, signal) => finish(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

/** Resolves when the process is told to stop. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of FORWARDED) process.once(signal, () => resolve());
  });
}

/** Lines that a shell can evaluate. */
export function exportLines(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join("");
}
