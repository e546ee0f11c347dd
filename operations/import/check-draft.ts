import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { checkFleet, loadFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { DefinitionError, type Problem } from "../../language/problem";

/** A definition that is not among the others yet. */
export interface DraftFile {
  /** CLUSTER_NAME. */
  readonly name: string;
  /** The path that it will have. */
  readonly path: string;
  readonly text: string;
}

interface Definitions {
  readonly directory: string;
  readonly shipped: string;
  readonly today: string;
}

/**
 * Returns the problems that a definition would have among the others.
 *
 * @param shown path of the draft in messages
 */
export function problemsOfDraft(draft: DraftFile, definitions: Definitions, shown = draft.path): readonly Problem[] {
  return amongOthers(draft, definitions, (copy, path) => {
    const { directory, ...options } = definitions;
    const restored = (text: string): string => text.replaceAll(path, shown).replaceAll(copy, directory);
    return problemsIn(copy, options)
      .filter(({ clusters = [], place }) => place === null || place.file === path || clusters.includes(draft.name))
      .map((problem) => ({
        ...problem,
        message: restored(problem.message),
        place: problem.place === null ? null : { ...problem.place, file: restored(problem.place.file) },
      }));
  });
}

/** Returns the cluster of a definition that has no errors. */
export function clusterOfDraft(draft: DraftFile, definitions: Definitions): Cluster {
  return amongOthers(draft, definitions, (directory) => {
    const [cluster] = loadFleet({ ...definitions, directory, select: draft.name }).clusters;
    if (cluster === undefined) throw new TypeError(`${draft.name} was built before it was checked`);
    return cluster;
  });
}

/** Calls back with a temporary copy of the definitions that has the draft, so that nothing in the directory changes. */
function amongOthers<Result>(
  draft: DraftFile,
  { directory }: Definitions,
  use: (copy: string, path: string) => Result,
): Result {
  const copy = mkdtempSync(join(tmpdir(), "fleet-draft-"));
  try {
    if (existsSync(directory)) cpSync(directory, copy, { recursive: true });
    const path = join(copy, relative(directory, draft.path));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, draft.text);
    return use(copy, path);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function problemsIn(directory: string, options: Omit<Definitions, "directory">): readonly Problem[] {
  try {
    return checkFleet({ directory, ...options }).problems;
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}
