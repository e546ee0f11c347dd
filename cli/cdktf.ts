import { runCommand } from "../offline/command";

/** Runs a cdktf command in this terminal, and returns its exit code: 130 if Ctrl-C stopped it. */
export function cdktf(args: readonly string[]): Promise<number> {
  return runCommand("node_modules/.bin/cdktf", args, {});
}
