import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { visible } from "../../language/problem";
import { BaseError, withoutHooks } from "../../fleet/programs/git";
import type { BaseVersion } from "./open-base";

/** Output of the base's own program. */
export type BaseOutput =
  /** A folder such as `cdktf.out`. */
  | { readonly output: string }
  /** The messages of the base's program, which refused its definitions. */
  | { readonly refused: readonly string[] };

/**
 * Synthesizes the base's definitions by the base's own program, in a process of its own. A complete output stays in the cache.
 *
 * @param program the working tree's program: its packages are used if the base has the same package-lock.json
 * @param clusters names of the clusters to synthesize, all of which the base has; undefined for every cluster
 */
export async function runBase(
  { checkout, directory, folder, ref }: BaseVersion & Required<Pick<BaseVersion, "checkout">>,
  program: string,
  clusters: readonly string[] | undefined,
): Promise<BaseOutput> {
  if (checkout === undefined || directory === undefined) throw new Error("the base has no program of its own");
  const there = checkout.program;
  if (!existsSync(join(there, "launch.mjs")) || !existsSync(join(there, "main.ts"))) {
    throw new BaseError(`${ref} contains no program that writes stacks. Name a later commit: --base <ref>`);
  }
  const definitions = relative(there, directory);
  const key = createHash("sha256")
    .update(JSON.stringify([definitions, clusters]))
    .digest("hex")
    .slice(0, 16);
  const output = join(folder, `output-${key}`);
  const complete = join(output, ".complete");
  if (existsSync(complete) && !process.env["FLEET_NO_CACHE"]) return { output };

  await installPackages(there, program, ref);
  rmSync(output, { recursive: true, force: true });
  const { CLUSTER_NAME, SYNTH_HCL_OUTPUT, ...inherited } = withoutHooks(process.env);
  const run = await finished(process.execPath, ["launch.mjs", "main.ts"], there, {
    ...inherited,
    NO_COLOR: "1",
    CDKTF_OUTDIR: output,
    DEFINITIONS_DIR: definitions,
    ...(clusters !== undefined && { CLUSTER_NAME: clusters.join(",") }),
  });
  if (run.code !== 0) return { refused: linesOf(run.stderr) };
  writeFileSync(complete, "");
  return { output };
}

/** Gives the base's program its packages. */
async function installPackages(there: string, program: string, ref: string): Promise<void> {
  const packages = join(there, "node_modules");
  if (existsSync(packages)) return;
  const lock = (folder: string): string | undefined => {
    const file = join(folder, "package-lock.json");
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  if (lock(there) === lock(program)) {
    symlinkSync(realpathSync(join(program, "node_modules")), packages);
    return;
  }
  const run = await finished(
    "npm",
    ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
    there,
    withoutHooks(process.env),
  );
  if (run.code === 0) return;
  rmSync(packages, { recursive: true, force: true }); // half of them would count as all the next time
  const reason = linesOf(run.stderr).slice(0, 5).join("\n");
  throw new BaseError(
    `the packages of ${ref} differ from those of the working tree, and npm could not install them. If it could not reach the registry, check the network or the proxy (npm config get registry), and run the same command again\n${reason}`,
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => visible(line.trimEnd()))
    .filter((line) => line !== "");
}

function finished(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const stop = (): void => {
      child.kill("SIGTERM");
    };
    process.once("exit", stop);
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("exit", stop);
      resolve({ code, stderr });
    });
  });
}
