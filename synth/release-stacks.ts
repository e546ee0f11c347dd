import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { DefinitionError } from "../language/problem";
import type { DefinitionSource } from "./definitions-view";
import { type OfProgram, withProgram } from "./of-program";
import { problemsOf } from "./release-problems";
import { finished, linesOf } from "./run-program";
import type { StackManifest } from "./synthesize-cluster";
import { OutputError } from "./whole-output";

/**
 * Writes the stacks of a release's clusters by the program of the release, into a folder that has `stacks/`, and returns their
 * manifest.
 *
 * @throws DefinitionError with what that program refuses
 */
export async function writeReleaseStacks(
  group: OfProgram,
  source: DefinitionSource,
  outdir: string,
  onWarning: (line: string) => void,
): Promise<StackManifest> {
  const { program } = group;
  const own = join(outdir, `.program-${program.version}`);
  return withProgram(group, source, async (view, environment) => {
    const run = await finished(process.execPath, [join(program.folder, "launch.mjs"), "main.ts"], process.cwd(), {
      ...environment,
      CDKTF_OUTDIR: resolve(own),
    });
    const printed = linesOf(view.withOriginals(run.stderr));
    if (run.code !== 0) {
      const problems = await problemsOf(group, source, view, environment, undefined);
      if (problems.some(({ severity }) => severity === "error")) throw new DefinitionError(problems);
      throw new OutputError(
        `program ${program.version} could not write the stacks of release ${group.clusters[0]?.release}: ${printed.slice(0, 5).join("\n") || `it ended with ${run.code}`}`,
      );
    }
    for (const line of printed) onWarning(line);
    const manifest = JSON.parse(readFileSync(join(own, "manifest.json"), "utf8")) as StackManifest;
    mkdirSync(join(outdir, "stacks"), { recursive: true });
    for (const stack of readdirSync(join(own, "stacks")))
      renameSync(join(own, "stacks", stack), join(outdir, "stacks", stack));
    rmSync(own, { recursive: true, force: true });
    return manifest;
  });
}
