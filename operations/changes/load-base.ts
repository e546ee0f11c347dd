import { resolveAccepted } from "../../fleet/accepted";
import { buildFleet } from "../../fleet/load";
import type { Cluster } from "../../fleet/model/cluster";
import { DefinitionFiles, nameOfFile } from "../../fleet/read/files";
import { DefinitionError, formatProblem } from "../../language/problem";
import { clusterText, fingerprintOf } from "../../synth/fingerprint";
import type { BaseVersion } from "../base/open-base";

/** Definitions of a version that are refused: their clusters cannot be compared. */
export interface Refused {
  /** Clusters whose stacks of this version are unknown, in order of their names. */
  readonly clusters: readonly string[];
  /** Problems, as a person reads them; of the base only the first. */
  readonly messages: readonly string[];
}

/** The base's clusters, as this program understands them. */
export interface BaseClusters {
  readonly clusters: readonly Cluster[];
  readonly refused: Refused | undefined;
}

/** A cluster of the base, as far as it is compared with the working tree's. */
export interface BaseText {
  readonly name: string;
  readonly fingerprint: string;
  /** The cluster as text (`clusterText`); undefined if the base was loaded by an earlier run. */
  readonly text?: string;
  readonly kubernetesVersion: string;
}

/** The base's clusters in a form that another process can send. */
export interface BaseTexts {
  readonly clusters: readonly BaseText[];
  readonly refused: Refused | undefined;
  /** True if the programs of releases build clusters: what those are is not decided by the base alone. */
  readonly hasPrograms: boolean;
}

/** Parameters of {@link loadBase}. */
export interface BaseRequest {
  readonly base: Pick<BaseVersion, "directory" | "shipped">;
  readonly names: readonly string[] | undefined;
  readonly today: string;
}

export function textsOfBase({ clusters, refused }: BaseClusters): BaseTexts {
  return {
    clusters: clusters.map((cluster) => {
      const text = clusterText(cluster);
      const { name, tfvars } = cluster;
      return { name, fingerprint: fingerprintOf(text), text, kubernetesVersion: tfvars.cluster.kubernetes_version };
    }),
    refused,
    hasPrograms: clusters.some(({ release }) => release.program !== undefined),
  };
}

/** Problems that are shown of a base, which cannot be edited. */
export const MOST_MESSAGES = 5;

/** Returns the names of the clusters that a base has a file for. */
export function clusterNames({ directory, shipped }: Pick<BaseVersion, "directory" | "shipped">): readonly string[] {
  return directory === undefined ? [] : new DefinitionFiles(directory, shipped).clusterFiles().map(nameOfFile);
}

/**
 * Loads the base's definitions with this program. Clusters whose definitions are refused are left out, so that the others can be
 * compared.
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
  const select = names === undefined ? undefined : wanted.join(",");
  try {
    const found = resolveAccepted({ directory, shipped, select, today });
    const messages = found.errors.slice(0, MOST_MESSAGES).map(formatProblem);
    return {
      clusters: buildFleet(found).clusters,
      refused: found.refused.length === 0 ? undefined : { clusters: found.refused, messages },
    };
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    const errors = error.problems.filter(({ severity }) => severity === "error");
    return { clusters: [], refused: { clusters: wanted, messages: errors.slice(0, MOST_MESSAGES).map(formatProblem) } };
  }
}
