import type { Account, PipelineSettings } from "../model/cluster";

/** Plans of GitHub whose private repositories cannot require reviewers of an environment. */
const WITHOUT_REVIEWERS: readonly string[] = ["free", "team"];

/** True if GitHub can require a person's review before a job of the repository. */
export function requiresReviewers({ github }: Pick<PipelineSettings, "github">): boolean {
  return !WITHOUT_REVIEWERS.includes(github?.hosting ?? "team");
}

/**
 * Returns why no person can approve a deploy to an account in the CI system; undefined if a person must start or approve it there,
 * or if the account requires no approval.
 */
export function gatelessBecause(
  settings: PipelineSettings,
  { bootstrap, name, pipelines }: Pick<Account, "bootstrap" | "name" | "pipelines">,
): string | undefined {
  if (pipelines?.approval === false) return undefined;
  if (settings.system === "prow") return "Prow has no gate before a job";
  if (settings.system !== "github") return undefined;
  if (!requiresReviewers(settings))
    return `GitHub cannot require reviewers for a private repository with the plan ${settings.github?.hosting ?? "team"} (github.hosting in pipelines.yaml)`;
  const own = bootstrap?.github?.find(({ repository }) => repository === settings.repository);
  return own?.environments?.apply === undefined
    ? `account ${name} names no environment in bootstrap.github[].environments.apply`
    : undefined;
}
