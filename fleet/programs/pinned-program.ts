import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { type Host, thisProgram } from "./host";
import { packedProgram } from "./packed-program";
import { ProgramError } from "./program-error";
import type { ProgramPin } from "./program-pin";
import { taggedProgram } from "./tagged-program";

/** Another version of the program, whose files are on this machine. */
export interface PinnedProgram {
  readonly version: string;
  /** The program's folder. */
  readonly folder: string;
  /** The definitions that come with it. */
  readonly definitions: string;
}

/** Set in a process that runs for a release: it is the release's program, and looks for no other. */
export const RUNS_FOR_RELEASE = "FLEET_RUNS_FOR_RELEASE";

const known = new Map<string, PinnedProgram | undefined>();

/**
 * Returns the program that a release names, and fetches it if it is not on this machine; undefined if it is the program that runs.
 *
 * @throws ProgramError
 */
export function pinnedProgram(pin: ProgramPin): PinnedProgram | undefined {
  if (process.env[RUNS_FOR_RELEASE]) return undefined;
  const host = thisProgram();
  const key = JSON.stringify([pin, host]);
  if (!known.has(key)) known.set(key, findProgram(pin, host));
  return known.get(key);
}

/** Does the same for any program that runs. */
export function findProgram(pin: ProgramPin, host: Host): PinnedProgram | undefined {
  if (host.placed !== undefined) {
    const placed = [join(host.placed, pin.version, "node_modules", host.name), join(host.placed, pin.version)];
    const folder = placed.find((each) => existsSync(join(each, "launch.mjs")));
    if (folder !== undefined) return programIn(folder, pin.version);
  }
  if (!host.isPackage) {
    const folder = taggedProgram(pin, host);
    return folder === undefined ? undefined : programIn(folder, pin.version);
  }
  return pin.version === host.version ? undefined : programIn(packedProgram(pin, host), pin.version);
}

function programIn(path: string, version: string): PinnedProgram {
  const folder = existsSync(path) ? realpathSync(path) : path; // launch.mjs runs nothing if it is started by a link
  const definitions = join(folder, "definitions");
  if (!existsSync(join(folder, "launch.mjs")) || !existsSync(join(definitions, "defaults.yaml")))
    throw new ProgramError(
      `program ${version} has no launch.mjs or no definitions/defaults.yaml (looked in ${folder}), so it cannot write stacks. Name a later version`,
    );
  return { version, folder, definitions };
}
