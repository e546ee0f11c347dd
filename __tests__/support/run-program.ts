import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAMPLE_FLEET } from "./sample-fleet";

/** Exit code and output of a command. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command at the top of the repository without blocking, so that providers served by this process can answer. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...output }));
  });
}

/** Synthesizes definitions as `cdktf synth` does; the environment of whoever runs the tests does not count. */
export async function synthesizeFleet(outdir: string, definitions = SAMPLE_FLEET, select?: string): Promise<void> {
  const env = { DEFINITIONS_DIR: definitions, CLUSTER_NAME: select, CDKTF_OUTDIR: outdir };
  const { code, stderr } = await run("node", ["launch.mjs", "main.ts"], env);
  if (code !== 0) throw new Error(stderr);
}

/** Returns every file below a folder, by its path, with its content. */
export function contentsOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

/** A folder that goes when the test does; short, because sockets below it may have paths of 107 bytes only. */
export function scratch(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "cf-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
