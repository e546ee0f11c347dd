import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { loadFleet } from "../../fleet/load";
import { withoutHooks } from "../../fleet/programs/git";
import type { Host } from "../../fleet/programs/host";
import { formatProblem } from "../../language/problem";
import { installPackages } from "../../synth/packages";
import { finished, linesOf } from "../../synth/run-program";
import { withCleanUp } from "../../synth/whole-output";
import { pairs } from "../changes/pairs";
import { VersionStacks } from "../changes/version-stacks";
import { differencesOf } from "../diff/diff";
import { entriesBetween } from "./changelog";
import type { OtherProgram } from "./other-program";
import type { UpgradeCheckReport } from "./report";

export interface UpgradeCheckOptions {
  readonly directory: string;
  readonly shipped: string;
  /** Names or globs, separated by commas; undefined for every cluster. */
  readonly select: string | undefined;
  /** The day of the run, YYYY-MM-DD. */
  readonly today: string;
  readonly host: Host;
  readonly other: OtherProgram;
}

/**
 * Synthesizes the same definitions and extensions with the program that runs and with another version of it, and compares the stacks. The
 * other version reads its own defaults and releases where the directory has none.
 *
 * @throws DefinitionError if this program refuses the definitions
 */
export async function upgradeCheck(options: UpgradeCheckOptions): Promise<UpgradeCheckReport> {
  const { directory, host, other, shipped } = options;
  const { clusters, warnings } = loadFleet(options);
  const names = clusters.map(({ name }) => name);
  await installPackages(other.folder, host.folder, `${host.name} ${other.version}`);
  const work = mkdtempSync(join(tmpdir(), "fleet-"));
  return withCleanUp(
    () => rmSync(work, { recursive: true, force: true }),
    async () => {
      const output = join(work, "after");
      const run = await finished(process.execPath, [join(other.folder, "launch.mjs"), "main.ts"], process.cwd(), {
        ...withoutHooks(process.env),
        NO_COLOR: "1",
        CDKTF_OUTDIR: output,
        DEFINITIONS_DIR: resolve(directory),
        CLUSTER_NAME: names.join(","),
      });
      const printed = linesOf(run.stderr).map((line) => line.replaceAll(`${resolve(directory)}/`, `${directory}/`));
      const known = new Set(warnings.map(formatProblem));
      const news = printed.filter((line) => !known.has(line));
      const before = new VersionStacks(join(work, "before"));
      if (run.code === 0) before.start(clusters, { directory, shipped });
      await before.allReady();
      const compared = run.code === 0 ? names : [];
      const changes = pairs(compared, { before, after: new VersionStacks(output), unknown: new Set() });
      return {
        version: 1,
        from: host.version,
        to: other.version,
        refused: run.code === 0 ? [] : news.length > 0 ? news : [`it ended with ${run.code}`],
        warnings: run.code === 0 ? news : [],
        changelog: changelogOf(other, host.version),
        compared: compared.length,
        ...(await differencesOf(changes)),
      };
    },
  );
}

function changelogOf({ folder, version }: OtherProgram, from: string): { version: string; text: string }[] {
  const file = join(folder, "CHANGELOG.md");
  return existsSync(file) ? [...entriesBetween(readFileSync(file, "utf8"), from, version)] : [];
}
