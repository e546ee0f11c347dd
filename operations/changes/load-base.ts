import { loadFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { DefinitionFiles, nameOfFile } from "../../fleet/read/files";
import { DefinitionError, formatProblem } from "../../language/problem";
import type { BaseVersion } from "../base/open-base";

/** Definitions of the base that are refused: their clusters cannot be compared. */
export interface Refused {
  /** Clusters whose stacks at the base are unknown, in order of their names. */
  readonly clusters: readonly string[];
  /** The first problems, as a person reads them. */
  readonly messages: readonly string[];
}

/** The base's clusters, as this program understands them. */
export interface BaseClusters {
  readonly clusters: readonly Cluster[];
  readonly refused: Refused | undefined;
}

/** Problems that are shown of a base, which cannot be edited. */
export const MOST_MESSAGES = 5;

/** Returns the names of the clusters that a base has a file for. */
export function clusterNames({ directory, shipped }: Pick<BaseVersion, "directory" | "shipped">): readonly string[] {
  return directory === undefined ? [] : new DefinitionFiles(directory, shipped).clusterFiles().map(nameOfFile);
}

/**
 * Loads the base's definitions with this program. Clusters whose own files are refused are left out, so that the others can be
 * compared. Nothing is known if a layer that clusters share is refused.
 *
 * @param names clusters to load; undefined for all
 */
export function loadBase(
  { directory, shipped }: Pick<BaseVersion, "directory" | "shipped">,
  names: readonly string[] | undefined,
  today: string,
): BaseClusters {
  const every = clusterNames({ directory, shipped });
  const wanted = names === undefined ? every : every.filter((name) => names.includes(name));
  if (directory === undefined || wanted.length === 0) return { clusters: [], refused: undefined };
  const load = (select: string | undefined) => loadFleet({ directory, shipped, select, today }).clusters;
  try {
    return { clusters: load(names === undefined ? undefined : wanted.join(",")), refused: undefined };
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    const errors = error.problems.filter(({ severity }) => severity === "error");
    const messages = errors.slice(0, MOST_MESSAGES).map(formatProblem);
    const files = new DefinitionFiles(directory, shipped).clusterFiles();
    const broken = new Set(files.filter((file) => errors.some(({ place }) => place?.file === file)).map(nameOfFile));
    const rest = wanted.filter((name) => !broken.has(name));
    const isOfClusters = errors.every(({ place }) => place !== null && files.includes(place.file));
    if (isOfClusters && rest.length > 0) {
      try {
        return {
          clusters: load(rest.join(",")),
          refused: { clusters: wanted.filter((name) => broken.has(name)), messages },
        };
      } catch (again) {
        if (!(again instanceof DefinitionError)) throw again;
      }
    }
    return { clusters: [], refused: { clusters: wanted, messages } };
  }
}
