import type { BaseVersions } from "../../fleet/checks/fleet/version-steps";
import { openBase, type Workspace } from "../base/open-base";
import { loadBase } from "../changes/load-base";
import type { ValidateReport } from "./report";

/** The Kubernetes versions of the clusters at another commit. */
export interface Base {
  readonly base: NonNullable<ValidateReport["base"]>;
  readonly versions: BaseVersions;
}

/**
 * Returns the Kubernetes versions of the clusters at the commit that `ref` names. Clusters whose definitions there are refused have none.
 *
 * @throws BaseError
 */
export function baseVersions(workspace: Workspace, ref: string, today: string): Base {
  const opened = openBase(workspace, ref);
  const { clusters, refused } = loadBase(opened, undefined, today);
  return {
    base: { ref: opened.ref, commit: opened.commit, refused: [...(refused?.clusters ?? [])] },
    versions: new Map(clusters.map(({ name, tfvars }) => [name, tfvars.cluster.kubernetes_version])),
  };
}
