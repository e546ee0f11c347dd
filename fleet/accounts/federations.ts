import type { Account } from "../model/cluster";
import type { CiSystem } from "../schema/pipelines";
import type { RoleLevel } from "./roles";

/** Operator -> condition key -> value or values. */
type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A repository, project, team or build cluster whose jobs have tokens of an issuer. */
export interface Federation {
  readonly system: CiSystem;
  /** Issuer without https://, as condition keys spell it. */
  readonly host: string;
  readonly audience: string;
  readonly thumbprints: readonly string[];
  /** The conditions on which a job may assume each role; each condition is enough. */
  readonly trusts: Readonly<Record<RoleLevel, readonly Condition[]>>;
}

export const GITHUB_ISSUER = "https://token.actions.githubusercontent.com";
export const GITLAB_URL = "https://gitlab.com";
export const AWS_AUDIENCE = "sts.amazonaws.com";
export const DEFAULT_BRANCH = "main";

type Bootstrap = NonNullable<Account["bootstrap"]>;
type Item<System extends CiSystem> = NonNullable<Bootstrap[System]>[number];

/** Returns all jobs that an account trusts. */
export function federationsOf({
  concourse = [],
  github = [],
  gitlab = [],
  prow = [],
}: Bootstrap): readonly Federation[] {
  return [
    ...github.map(githubFederation),
    ...gitlab.map(gitlabFederation),
    ...concourse.map(concourseFederation),
    ...prow.map(prowFederation),
  ];
}

const hostOf = (issuer: string): string => issuer.replace(/^https:\/\//, "");

/** Returns the beginning of the subject of GitHub's tokens: with ids, or with names only. */
export function githubSubject({ ids, repository }: Pick<Item<"github">, "ids" | "repository">): string {
  const [owner = "", name = ""] = repository.split("/");
  return ids === undefined ? `repo:${owner}/${name}` : `repo:${owner}@${ids.owner}/${name}@${ids.repository}`;
}

/**
 * A pull request's subject has no branch, and an environment replaces the branch in it. So jobs with an environment prove their
 * branch by the key `ref`, which AWS reads from the tokens of github.com only.
 */
function githubFederation(item: Item<"github">): Federation {
  const {
    branch = DEFAULT_BRANCH,
    environments = {},
    issuer = GITHUB_ISSUER,
    repository,
    thumbprints = [],
    workflows,
  } = item;
  const host = hostOf(issuer);
  const subject = githubSubject(item);
  const onBranch = `${subject}:ref:refs/heads/${branch}`;
  const ofWorkflow = workflows && {
    [`${host}:job_workflow_ref`]: workflows.map((file) => `${repository}/${file}@refs/heads/${branch}`),
  };
  const inEnvironment = (environment: string): Condition => ({
    StringEquals: {
      [`${host}:sub`]: `${subject}:environment:${environment}`,
      [`${host}:ref`]: `refs/heads/${branch}`,
      ...ofWorkflow,
    },
  });
  const plans = [
    `${subject}:pull_request`,
    onBranch,
    ...(environments.plan === undefined ? [] : [`${subject}:environment:${environments.plan}`]),
    // The merge queue tests a merge of its own, on a branch that begins in this way.
    `${subject}:ref:refs/heads/gh-readonly-queue/${branch}/*`,
  ];
  return {
    system: "github",
    host,
    audience: AWS_AUDIENCE,
    thumbprints,
    trusts: {
      plan: [{ StringLike: { [`${host}:sub`]: plans } }],
      apply: [
        environments.apply === undefined
          ? { StringEquals: { [`${host}:sub`]: onBranch, ...ofWorkflow } }
          : inEnvironment(environments.apply),
      ],
      destroy: environments.destroy === undefined ? [] : [inEnvironment(environments.destroy)],
    },
  };
}

/** A merge request's subject has its source branch, and of a fork the path of the fork's project. */
function gitlabFederation(item: Item<"gitlab">): Federation {
  const {
    audience = AWS_AUDIENCE,
    branch = DEFAULT_BRANCH,
    destroy_branch,
    project,
    thumbprints = [],
    url = GITLAB_URL,
  } = item;
  const key = `${hostOf(url)}:sub`;
  const subject = (name: string): string => `project_path:${project}:ref_type:branch:ref:${name}`;
  return {
    system: "gitlab",
    host: hostOf(url),
    audience,
    thumbprints,
    trusts: {
      plan: [{ StringLike: { [key]: subject("*") } }],
      apply: [{ StringEquals: { [key]: subject(branch) } }],
      destroy: destroy_branch === undefined ? [] : [{ StringEquals: { [key]: subject(destroy_branch) } }],
    },
  };
}

/** Names of the jobs of Concourse that assume each role. */
export const CONCOURSE_JOBS: Readonly<Record<RoleLevel, readonly string[]>> = {
  plan: ["plan", "plan-*"],
  apply: ["apply", "apply-*"],
  destroy: ["destroy", "destroy-*"],
};

/**
 * The subject is `team/pipeline/instance_vars/job`. Concourse escapes slashes in the parts, so a subject has exactly three, and no
 * `*` between them can stand for another part.
 */
function concourseFederation(item: Item<"concourse">): Federation {
  const { audience = AWS_AUDIENCE, issuer, jobs = {}, pipelines, team, thumbprints = [] } = item;
  const subjects = (level: RoleLevel): readonly Condition[] => [
    {
      StringLike: {
        [`${hostOf(issuer)}:sub`]: pipelines.flatMap((pipeline) =>
          (jobs[level] ?? CONCOURSE_JOBS[level]).map((job) => `${team}/${pipeline}/*/${job}`),
        ),
      },
    },
  ];
  return {
    system: "concourse",
    host: hostOf(issuer),
    audience,
    thumbprints,
    trusts: { plan: subjects("plan"), apply: subjects("apply"), destroy: subjects("destroy") },
  };
}

function prowFederation({ issuer, namespace, service_accounts, thumbprints = [] }: Item<"prow">): Federation {
  const subjects = (account: string | undefined): readonly Condition[] =>
    account === undefined
      ? []
      : [{ StringEquals: { [`${hostOf(issuer)}:sub`]: `system:serviceaccount:${namespace}:${account}` } }];
  const { apply, destroy, plan } = service_accounts;
  return {
    system: "prow",
    host: hostOf(issuer),
    audience: AWS_AUDIENCE,
    thumbprints,
    trusts: { plan: subjects(plan), apply: subjects(apply), destroy: subjects(destroy) },
  };
}
