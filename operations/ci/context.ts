import type { CiSystem } from "../../fleet/schema/pipelines";
import { ExpectedError } from "../../language/expected-error";

/** The facts of a job's run, whatever the CI system. */
export interface CiContext {
  /** Null outside of CI. */
  readonly system: CiSystem | null;
  /** The kind of role that the job may assume. */
  readonly identity: "none" | "plan" | "apply" | "destroy";
  /** Repository with its owner; null outside of CI. */
  readonly repository: string | null;
  /** Address of the run, for people. */
  readonly runUrl: string | null;
  /** Names this run of this job: no other run has it. */
  readonly runner: string;
  readonly commit: string | null;
  /** Address of the API of the hosting service. */
  readonly api: string | null;
  /** Variables that are set; empty ones are not. */
  readonly variable: (name: string) => string | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

const IDENTITIES = ["none", "plan", "apply", "destroy"] as const;

/** Reads the variables of the CI system. */
export function contextOf(env: Env): CiContext {
  const variable = (name: string): string | undefined => (env[name] === "" ? undefined : env[name]);
  const given = variable("FLEET_IDENTITY") ?? "none";
  const identity = IDENTITIES.find((each) => each === given);
  if (identity === undefined) throw new ExpectedError(`FLEET_IDENTITY must be one of ${IDENTITIES.join(", ")}`);
  const found = detected(variable);
  return {
    identity,
    ...found,
    runUrl: variable("FLEET_RUN_URL") ?? found.runUrl,
    runner: variable("FLEET_RUNNER") ?? found.runner,
    variable: (name) => variable(name) ?? (name === "BASE" ? variable("CI_MERGE_REQUEST_DIFF_BASE_SHA") : undefined),
  };
}

type Found = Pick<CiContext, "api" | "commit" | "repository" | "runUrl" | "runner" | "system">;

function detected(variable: (name: string) => string | undefined): Found {
  if (variable("GITHUB_ACTIONS") === "true") return ofGithub(variable);
  if (variable("GITLAB_CI") === "true") return ofGitlab(variable);
  const prow = variable("PROW_JOB_ID");
  const build = variable("BUILD_ID");
  const named = variable("FLEET_CI_SYSTEM");
  const system = named === "concourse" || named === "prow" ? named : prow === undefined ? null : "prow";
  const job = variable("JOB_NAME") ?? variable("BUILD_JOB_NAME") ?? "job";
  return {
    system,
    repository: variable("FLEET_REPOSITORY") ?? null,
    runUrl: null,
    runner: system === null ? `${variable("USER") ?? "somebody"}-${process.pid}` : `${system}-${job}-${prow ?? build}`,
    commit: variable("PULL_BASE_SHA") ?? null,
    api: variable("FLEET_API") ?? null,
  };
}

function ofGithub(variable: (name: string) => string | undefined): Found {
  const repository = variable("GITHUB_REPOSITORY") ?? "";
  const attempt = variable("GITHUB_RUN_ATTEMPT") ?? "1";
  const runUrl = `${variable("GITHUB_SERVER_URL") ?? "https://github.com"}/${repository}/actions/runs/${variable("GITHUB_RUN_ID")}`;
  return {
    system: "github",
    repository,
    runUrl,
    runner: `${runUrl}/attempts/${attempt}`,
    commit: variable("GITHUB_SHA") ?? null,
    api: variable("GITHUB_API_URL") ?? "https://api.github.com",
  };
}

function ofGitlab(variable: (name: string) => string | undefined): Found {
  const runUrl = variable("CI_JOB_URL") ?? null;
  return {
    system: "gitlab",
    repository: variable("CI_PROJECT_PATH") ?? null,
    runUrl,
    runner: runUrl ?? `gitlab-${variable("CI_JOB_ID")}`,
    commit: variable("CI_COMMIT_SHA") ?? null,
    api: variable("CI_API_V4_URL") ?? null,
  };
}

/** Returns a variable that a stage cannot do without. */
export function required({ variable }: CiContext, name: string): string {
  const value = variable(name);
  if (value === undefined) throw new ExpectedError(`the variable ${name} is not set. The pipeline of the job sets it`);
  return value;
}

/** Returns the number of a shard. */
export function shardOf(context: CiContext): number {
  const text = required(context, "SHARD");
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new ExpectedError(`SHARD must be a number from 1 on, but is ${JSON.stringify(text)}`);
  return Number(text);
}
