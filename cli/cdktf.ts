import { spawn } from "node:child_process";

/** Runs a cdktf command in this terminal, and returns its exit code. */
export function cdktf(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn("node_modules/.bin/cdktf", args, { stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
