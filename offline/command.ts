import { spawn } from "node:child_process";
import { constants } from "node:os";

const FORWARDED = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a command to its end and returns its exit code as a shell reports it: 128 plus the number of a signal, 127 for a
 * command that does not exist. Passes signals on to the command and waits until it ends.
 */
export function runCommand(command: string, args: readonly string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    // Handlers come first, because a signal may arrive as soon as the command runs. None is called before the child exists.
    const handlers = FORWARDED.map((signal) => {
      const handler = () => {
        // A terminal sends Ctrl-C to the command too, and a second one makes Terraform stop at once.
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

/** Resolves when the process receives a signal to stop. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of FORWARDED) process.once(signal, () => resolve());
  });
}

/** Returns lines that a shell can evaluate. */
export function exportLines(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join("");
}
