import type { Account } from "../model/cluster";
import { AWS_AUDIENCE, GITHUB_ISSUER, GITLAB_URL, githubSubject } from "./federations";

type Bootstrap = NonNullable<Account["bootstrap"]>;
type Item<System extends "github" | "gitlab" | "concourse" | "prow"> = NonNullable<Bootstrap[System]>[number];

/** The claims of a job's token that AWS can compare, and its issuer. */
export interface Token {
  readonly issuer: string;
  readonly claims: Readonly<Record<string, string>>;
}

/** Event that started a run of GitHub Actions. A fork's pull request has no token. */
export interface GithubRun {
  readonly event: "pull_request" | "push" | "schedule" | "workflow_dispatch" | "merge_group";
  /** Such as `refs/heads/main`; of a pull request `refs/pull/7/merge`. */
  readonly ref: string;
  /** Environment of the job. */
  readonly environment?: string | undefined;
  /** File of the workflow, such as `.github/workflows/deploy.yml`. */
  readonly workflow: string;
}

/** Returns the token of a job of GitHub Actions: an environment takes the place of the event and the branch in the subject. */
export function githubToken(
  item: Pick<Item<"github">, "ids" | "issuer" | "repository">,
  { environment, event, ref, workflow }: GithubRun,
): Token {
  const context =
    environment !== undefined
      ? `environment:${environment.replaceAll(":", "%3A")}`
      : event === "pull_request"
        ? "pull_request"
        : `ref:${ref}`;
  return {
    issuer: item.issuer ?? GITHUB_ISSUER,
    claims: {
      aud: AWS_AUDIENCE,
      sub: `${githubSubject(item)}:${context}`,
      ref,
      repository: item.repository,
      job_workflow_ref: `${item.repository}/${workflow}@${ref}`,
      ...(environment !== undefined && { environment }),
    },
  };
}

/** Returns the token of a job of GitLab. A merge request's ref is its source branch, and a fork's project is the fork. */
export function gitlabToken(
  item: Pick<Item<"gitlab">, "audience" | "project" | "url">,
  run: { readonly ref: string; readonly ref_type: "branch" | "tag"; readonly project?: string },
): Token {
  return {
    issuer: item.url ?? GITLAB_URL,
    claims: {
      aud: item.audience ?? AWS_AUDIENCE,
      sub: `project_path:${run.project ?? item.project}:ref_type:${run.ref_type}:ref:${run.ref}`,
    },
  };
}

/** Returns the token of a job of Concourse with `subject_scope: job`. Concourse writes `/` in a part as `%2F`. */
export function concourseToken(
  item: Pick<Item<"concourse">, "audience" | "issuer" | "team">,
  job: { readonly pipeline: string; readonly instance: string; readonly job: string },
): Token {
  const parts = [item.team, job.pipeline, job.instance, job.job].map((part) => part.replaceAll("/", "%2F"));
  return { issuer: item.issuer, claims: { aud: item.audience ?? AWS_AUDIENCE, sub: parts.join("/") } };
}

/** Returns the token of a pod of a Prow job. */
export function prowToken(
  { issuer }: Pick<Item<"prow">, "issuer">,
  pod: { readonly namespace: string; readonly service_account: string },
): Token {
  return {
    issuer,
    claims: { aud: AWS_AUDIENCE, sub: `system:serviceaccount:${pod.namespace}:${pod.service_account}` },
  };
}
