import { existsSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { withoutHooks } from "../fleet/programs/git";
import { ProgramError } from "../fleet/programs/program-error";
import { finished, linesOf } from "./run-program";

/**
 * Gives another version of the program its packages: those of this program if both have the same package-lock.json, or else its own.
 * A published package needs none.
 *
 * @param there folder of the other version
 * @param here folder of the program that runs
 * @param name what messages call the other version
 */
export async function installPackages(there: string, here: string, name: string): Promise<void> {
  const packages = join(there, "node_modules");
  if (existsSync(packages) || lockOf(there) === undefined) return;
  if (lockOf(there) === lockOf(here)) {
    symlinkSync(realpathSync(join(here, "node_modules")), packages);
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
  throw new ProgramError(
    `the packages of ${name} differ from those of the working tree, and npm could not install them. If it could not reach the registry, check the network or the proxy (npm config get registry), and run the same command again\n${reason}`,
  );
}

function lockOf(folder: string): string | undefined {
  const file = join(folder, "package-lock.json");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
