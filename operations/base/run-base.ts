import { createHash } from "node:crypto";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { BaseError, withoutHooks } from "../../fleet/programs/git";
import { WORKING_TREE } from "../../fleet/programs/host";
import { installPackages } from "../../synth/packages";
import { withLock } from "../../synth/process-lock";
import { finished, linesOf } from "../../synth/run-program";
import type { BaseVersion } from "./open-base";

/** Output of the base's own program. */
export type BaseOutput =
  /** A folder such as `cdktf.out`. */
  | { readonly output: string }
  /** The messages of the base's program, which refused its definitions. */
  | { readonly refused: readonly string[] };

/**
 * Synthesizes the base's definitions by the base's own program, in a separate process. A complete output stays in the cache.
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
  const isThisProgram = resolve(there) === resolve(program);
  if (!isThisProgram && !(existsSync(join(there, "launch.mjs")) && existsSync(join(there, "main.ts")))) {
    throw new BaseError(`${ref} contains no program that writes stacks. Name a later commit: --base <ref>`);
  }
  // If the base has the same program, it runs in the folder of this process.
  const cwd = isThisProgram ? process.cwd() : there;
  const definitions = relative(cwd, directory);
  const key = createHash("sha256")
    .update(JSON.stringify([definitions, clusters]))
    .digest("hex")
    .slice(0, 16);
  const output = join(folder, `output-${key}`);
  const complete = join(output, ".complete");
  const isReady = (): boolean => existsSync(complete) && !process.env["FLEET_NO_CACHE"];
  if (isReady()) return { output };
  // Two commands that compare with the same base write into one folder: the second one waits.
  return withLock(join(folder, "lock"), async () => {
    if (isReady()) return { output };

    await installPackages(there, program, ref);
    rmSync(output, { recursive: true, force: true });
    const { CLUSTER_NAME, SYNTH_HCL_OUTPUT, ...inherited } = withoutHooks(process.env);
    const run = await finished(process.execPath, [resolve(there, "launch.mjs"), "main.ts"], cwd, {
      ...inherited,
      [WORKING_TREE]: resolve(program),
      NO_COLOR: "1",
      CDKTF_OUTDIR: output,
      DEFINITIONS_DIR: definitions,
      ...(clusters !== undefined && { CLUSTER_NAME: clusters.join(",") }),
    });
    if (run.code !== 0) return { refused: linesOf(run.stderr) };
    writeFileSync(complete, "");
    return { output };
  });
}
