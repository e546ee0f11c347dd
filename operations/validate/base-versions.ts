import { type BaseReleases, publishedReleases } from "../../fleet/checks/fleet/release-steps";
import type { BaseVersions } from "../../fleet/checks/fleet/version-steps";
import { DefinitionFiles } from "../../fleet/read/files";
import { Layers } from "../../fleet/read/layers";
import { openBase, type Workspace } from "../base/open-base";
import { loadBase } from "../changes/load-base";
import type { ValidateReport } from "./report";

/** The Kubernetes versions of the clusters at another commit. */
export interface Base {
  readonly base: NonNullable<ValidateReport["base"]>;
  readonly versions: BaseVersions;
  readonly releases: BaseReleases;
}

/**
 * Returns the Kubernetes versions of the clusters at the commit that `ref` names. Clusters whose definitions there are refused have none.
 *
 * @throws BaseError
 */
export function baseVersions(workspace: Workspace, ref: string, today: string): Base {
  const opened = openBase(workspace, ref);
  const { clusters, refused } = loadBase(opened, undefined, today);
  const files = new DefinitionFiles(opened.directory ?? opened.shipped, opened.shipped);
  const releases = new Map(clusters.map(({ name, release }) => [name, release.name]));
  return {
    releases: { clusters: releases, published: publishedReleases(files, new Layers(files), releases.values()) },
    base: { ref: opened.ref, commit: opened.commit, refused: [...(refused?.clusters ?? [])] },
    versions: new Map(clusters.map(({ name, tfvars }) => [name, tfvars.cluster.kubernetes_version])),
  };
}
