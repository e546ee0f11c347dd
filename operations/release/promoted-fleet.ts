import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { type CheckedFleet, checkFleet } from "../../fleet/load";
import { releaseDefinitions } from "../../fleet/release-program";
import { extensionsFolder } from "../../language/extensions/find";
import { inReadingOrder, type Problem } from "../../language/problem";
import { releaseProblems } from "../../synth/release-problems";

/** Folders that a directory can contain besides definitions, for example if it is the top of a repository. */
const NOT_DEFINITIONS = /(?:^|[/])(?:\.[^/.][^/]*|node_modules)$/;

/** Definitions that are read. */
export interface Definitions {
  readonly directory: string;
  readonly shipped: string;
  readonly today: string;
}

/** Definitions with edits that were not written yet. */
export interface Edited {
  readonly definitions: Definitions;
  readonly fleet: CheckedFleet;
  /** Errors and warnings of this program and of releases' programs, with the paths of the edited files. */
  readonly problems: readonly Problem[];
}

/**
 * Calls back with a copy of definitions in which some files have another text.
 *
 * @param edits file of the directory -> its text
 */
export async function withEdits<Result>(
  { directory, shipped, today }: Definitions,
  edits: ReadonlyMap<string, string>,
  use: (edited: Edited) => Promise<Result>,
): Promise<Result> {
  const scratch = mkdtempSync(join(tmpdir(), "fleet-promotion-"));
  try {
    const copy = join(scratch, "definitions");
    cpSync(directory, copy, { recursive: true, filter: (path) => path === directory || !NOT_DEFINITIONS.test(path) });
    const extensions = extensionsFolder(directory);
    if (existsSync(extensions)) symlinkSync(realpathSync(extensions), extensionsFolder(copy));
    for (const [file, text] of edits) writeFileSync(join(copy, relative(directory, file)), text);
    // The program's own directory stays that: its defaults do not count as the directory's for programs of releases.
    const isShipped = resolve(directory) === resolve(shipped);
    const definitions = { directory: copy, shipped: isShipped ? copy : shipped, today };
    const fleet = checkFleet(definitions);
    const others = await releaseProblems(releaseDefinitions(fleet.selected), definitions, today);
    const problems = inReadingOrder([...fleet.problems, ...others]).map((problem) => ({
      ...problem,
      message: problem.message.replaceAll(join(copy, "/"), join(directory, "/")),
      place: problem.place && {
        ...problem.place,
        file: problem.place.file.replace(join(copy, "/"), join(directory, "/")),
      },
    }));
    return await use({ definitions, fleet, problems });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
