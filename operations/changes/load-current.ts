import { type BaseVersions, rollbacks, versionStepProblems } from "../../fleet/checks/fleet/version-steps";
import { buildFleet, resolveFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { readExceptions } from "../../fleet/read/exceptions";
import { DefinitionFiles, nameOfFile } from "../../fleet/read/files";
import type { Problem } from "../../language/problem";

/** Where the working tree has its definitions. */
interface Current {
  readonly directory: string;
  readonly shipped: string;
  /** The day of the run, YYYY-MM-DD. */
  readonly today: string;
}

/** The clusters of the working tree. */
interface CurrentClusters {
  readonly clusters: readonly Cluster[];
  /** Returns what EKS would refuse if the clusters had other versions before. */
  readonly refusedSteps: (before: BaseVersions) => readonly Problem[];
}

/**
 * Loads the named clusters of the working tree, without those that only the base has.
 *
 * @throws DefinitionError if the definitions are refused
 */
export function openCurrent(
  { directory, shipped, today }: Current,
  names: readonly string[] | undefined,
): CurrentClusters {
  const files = new DefinitionFiles(directory, shipped);
  const known = new Set(names === undefined ? [] : files.clusterFiles().map(nameOfFile));
  const select = names?.filter((name) => known.has(name)).join(",");
  if (select === "") return { clusters: [], refusedSteps: () => [] };
  const resolved = resolveFleet({ directory, shipped, today, select });
  return {
    clusters: buildFleet(resolved).clusters,
    refusedSteps: (before) =>
      versionStepProblems(before, resolved.selected, rollbacks(readExceptions(files, today).exceptions, today)),
  };
}

/** Loads the named clusters of the working tree, without those that only the base has. */
export function loadCurrent(current: Current, names: readonly string[] | undefined): readonly Cluster[] {
  return openCurrent(current, names).clusters;
}
