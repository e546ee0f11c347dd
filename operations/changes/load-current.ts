import { resolveAccepted } from "../../fleet/accepted";
import { type BaseVersions, rollbacks, versionStepProblems } from "../../fleet/checks/fleet/version-steps";
import { buildFleet, loadFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { readExceptions } from "../../fleet/read/exceptions";
import { DefinitionFiles, nameOfFile } from "../../fleet/read/files";
import { formatProblem, type Problem } from "../../language/problem";
import type { Refused } from "./load-base";

/** Paths of the working tree's definitions. */
interface Current {
  /** True to accept a directory without clusters: its last one may be what a change removes. */
  readonly withoutClusters?: boolean;
  readonly directory: string;
  readonly shipped: string;
  /** The day of the run, YYYY-MM-DD. */
  readonly today: string;
}

/** The clusters of the working tree. */
export interface CurrentClusters {
  readonly clusters: readonly Cluster[];
  /** Undefined if the definitions have no error. There may be errors that refuse no cluster. */
  readonly refused: Refused | undefined;
  /** Returns the version changes that EKS would refuse. */
  readonly refusedSteps: (before: BaseVersions) => readonly Problem[];
}

/**
 * Loads the named clusters of the working tree, without those that only the base has, and without those whose definitions have errors.
 *
 * @throws DefinitionError if all of them are refused
 */
export function openCurrent(current: Current, names: readonly string[] | undefined): CurrentClusters {
  const { directory, shipped, today, withoutClusters } = current;
  const select = selectionOf(current, names);
  if (select === "") return { clusters: [], refused: undefined, refusedSteps: () => [] };
  const accepted = resolveAccepted({ directory, shipped, today, select, withoutClusters });
  const { errors, refused: clusters, selected } = accepted;
  const files = new DefinitionFiles(directory, shipped);
  return {
    clusters: buildFleet(accepted).clusters,
    refused: errors.length === 0 ? undefined : { clusters, messages: errors.map(formatProblem) },
    refusedSteps: (before) =>
      versionStepProblems(before, selected, rollbacks(readExceptions(files, today).exceptions, today)),
  };
}

/**
 * Loads the named clusters of the working tree, without those that only the base has.
 *
 * @throws DefinitionError if the definition of one of them is refused
 */
export function loadCurrent(current: Current, names: readonly string[] | undefined): readonly Cluster[] {
  const { directory, shipped, today } = current;
  const select = selectionOf(current, names);
  return select === "" ? [] : loadFleet({ directory, shipped, today, select }).clusters;
}

/** Returns a selection of those named clusters that the working tree has; undefined for every cluster. */
function selectionOf({ directory, shipped }: Current, names: readonly string[] | undefined): string | undefined {
  if (names === undefined) return undefined;
  const known = new Set(new DefinitionFiles(directory, shipped).clusterFiles().map(nameOfFile));
  return names.filter((name) => known.has(name)).join(",");
}
