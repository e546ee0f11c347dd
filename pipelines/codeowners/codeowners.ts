import { ExpectedError } from "../../language/expected-error";
import { compareText } from "../../language/problem";
import type { Notice } from "../model/meaning";
import type { ModelCluster, PipelineModel } from "../model/model";
import { type Files, head } from "../model/renderer";

/** Path of the file for each service. GitHub reads it from the base branch. */
const PATHS: Readonly<Partial<Record<PipelineModel["settings"]["system"], string>>> = {
  github: ".github/CODEOWNERS",
  gitlab: ".gitlab/CODEOWNERS",
};

/** Every place of the file. */
export const CODEOWNERS_PLACES: readonly string[] = Object.values(PATHS);

/** Characters that both services read as they are. Others are patterns, or separate a path from its owners. */
const PLAIN_PATH = /^[A-Za-z0-9_][A-Za-z0-9_./-]*$/;

/**
 * Returns the file of code owners. On both services, the last line that matches a file decides: the platform team owns everything that no
 * cluster's owner owns, and this file, so that an owner cannot change it without the platform team.
 */
export function codeowners({ clusters, settings }: PipelineModel): Files {
  const path = PATHS[settings.system];
  if (path === undefined) return new Map();
  const platform = settings.own.platform_team;
  const { owners = {} } = settings.own;
  const sorted = [...clusters].sort((a, b) => compareText(a.file, b.file));
  const owned = sorted.flatMap((cluster) => {
    const approvers = owners[cluster.owner]?.approvers;
    return approvers === undefined ? [] : [line(cluster, approvers)];
  });
  const protectedClusters = sorted.filter((each) => each.protected).map((each) => line(each, platform));
  const lines = [
    `* ${platform.join(" ")}`,
    ...owned,
    `/${path} ${platform.join(" ")}`,
    // Each section must approve, which GitHub does not have.
    ...(settings.system === "gitlab" && protectedClusters.length > 0
      ? ["", "[Clusters of protected tiers]", ...protectedClusters]
      : []),
  ];
  return new Map([
    [path, `${head("Who approves what: any owner of the last line that matches a file.")}\n${lines.join("\n")}\n`],
  ]);
}

function line({ file }: ModelCluster, approvers: readonly string[]): string {
  if (!PLAIN_PATH.test(file))
    throw new ExpectedError(
      `${JSON.stringify(file)} cannot be written into CODEOWNERS. Rename the folder: letters, digits, dashes, dots and underscores`,
    );
  return `/${file} ${approvers.join(" ")}`;
}

/** Returns the settings that the service requires besides the file. */
export function codeownersNotices({ clusters, settings }: PipelineModel): readonly Notice[] {
  const path = PATHS[settings.system];
  if (path === undefined) return [];
  const general = (message: string): Notice => ({ part: null, pipeline: "pull-request", job: null, message });
  const isProtected = clusters.some((each) => each.protected);
  return [
    general(`Require a review of code owners for ${settings.branch}: without it, ${path} only asks for reviews`),
    ...(settings.system === "github" && isProtected
      ? [
          general(
            "GitHub accepts the review of any one owner. To require the platform team for clusters of protected tiers too, add it as a required reviewer of their files in a ruleset",
          ),
        ]
      : []),
  ];
}
