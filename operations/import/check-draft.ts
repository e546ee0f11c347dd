import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { checkFleet, loadFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { DefinitionError, type Problem } from "../../language/problem";
import { ipv4Block } from "../../language/words/network";
import { type RegistryFile, registryWith } from "../new-cluster/registry";
import type { Surroundings } from "../new-cluster/request";
import type { Destination } from "./destination";

/** A definition that is not among the others yet. */
export interface DraftFile {
  /** CLUSTER_NAME. */
  readonly name: string;
  /** The path that it will have. */
  readonly path: string;
  readonly text: string;
  /** The file of reserved ranges with the range of the draft; undefined if it creates no VPC. */
  readonly registry: RegistryFile | undefined;
}

/** The definitions beside which a draft is written. */
export interface Definitions extends Surroundings {
  readonly directory: string;
  readonly shipped: string;
  readonly today: string;
}

/** Returns ranges.yaml with the range of a new VPC. Undefined for an existing VPC, and for a range that the schema refuses. */
export function registryFor(
  { account, name }: Destination,
  range: string | undefined,
  definitions: Definitions,
): RegistryFile | undefined {
  if (!ipv4Block().safeParse(range).success) return undefined;
  return registryWith({ account: account.name, range: String(range), cluster: name }, definitions);
}

/**
 * Returns the problems that a definition would have among the others.
 *
 * @param shown path of the draft in messages
 */
export function problemsOfDraft(draft: DraftFile, definitions: Definitions, shown = draft.path): readonly Problem[] {
  return amongOthers(draft, definitions, (copy, path) => {
    const { directory, shipped, today } = definitions;
    const restored = (text: string): string => text.replaceAll(path, shown).replaceAll(copy, directory);
    return problemsIn(copy, { shipped, today })
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
  const { shipped, today } = definitions;
  return amongOthers(draft, definitions, (directory) => {
    const [cluster] = loadFleet({ shipped, today, directory, select: draft.name }).clusters;
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
    const place = (path: string): string => join(copy, relative(directory, path));
    for (const { path, text } of [draft, ...(draft.registry === undefined ? [] : [draft.registry])]) {
      mkdirSync(dirname(place(path)), { recursive: true });
      writeFileSync(place(path), text);
    }
    return use(copy, place(draft.path));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function problemsIn(directory: string, options: Pick<Definitions, "shipped" | "today">): readonly Problem[] {
  try {
    return checkFleet({ directory, ...options }).problems;
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}
