import { loadFleet } from "../../fleet/load";
import { BaseError } from "../../fleet/programs/git";
import { DefinitionError } from "../../language/problem";
import { openBase, type Workspace } from "../base/open-base";

/** Protection of a cluster on the main branch: `unknown` contains the reason if it cannot be read. */
export type MergedProtection = { readonly isProtected: boolean } | { readonly unknown: string };

/**
 * Returns the protection of the cluster in the definition from which the working tree started. A cluster without a definition there is not
 * protected.
 */
export function mergedProtection(workspace: Workspace, cluster: string, today: string): MergedProtection {
  try {
    const { directory, shipped } = openBase(workspace, undefined);
    if (directory === undefined) return { isProtected: false };
    const { clusters } = loadFleet({ directory, shipped, select: cluster, today });
    return { isProtected: clusters.some(({ tfvars }) => tfvars.cluster.deletion_protection) };
  } catch (error) {
    if (error instanceof BaseError) return { unknown: error.message };
    if (!(error instanceof DefinitionError)) throw error;
    const isNew = error.problems.every(({ rule }) => rule === "cluster-selection");
    return isNew ? { isProtected: false } : { unknown: "the definitions on the main branch have errors" };
  }
}
