import YAML from "yaml";
import { concourseToken, githubToken, gitlabToken, prowToken, type Token } from "../../fleet/accounts/claims";
import { oidcProvidersOf, trustOf } from "../../fleet/accounts/identities";
import { type BootstrappedAccount, ROLE_LEVELS, type RoleLevel } from "../../fleet/accounts/roles";
import { renderConcourse } from "../../pipelines/concourse/render";
import { renderGithub } from "../../pipelines/github/render";
import { renderChild, renderGitlab } from "../../pipelines/gitlab/render";
import { renderProw } from "../../pipelines/prow/render";
import { mayAssume } from "../support/aws/trust";
import { clusterOf } from "../support/cluster";
import { modelFor } from "../support/pipelines/sample-model";

const ENVIRONMENTS = { apply: "production", destroy: "production-destroy" };
const GITHUB = { repository: "example/clusters", environments: ENVIRONMENTS };
const GITLAB = { project: "example/clusters", destroy_branch: "destroy" };
const CONCOURSE = {
  ...{ issuer: "https://ci.example.com", team: "main" },
  pipelines: ["fleet-changes", "fleet-upkeep", "fleet-cluster"],
};
const PROW = {
  ...{ issuer: "https://build-cluster.example.com", namespace: "test-pods" },
  service_accounts: { plan: "ci-plan", apply: "ci-apply", destroy: "ci-destroy" },
};
const ID = "111111111111";
const ACCOUNT: BootstrappedAccount = {
  ...clusterOf().account,
  roles: {
    plan: `arn:aws:iam::${ID}:role/plan`,
    deploy: `arn:aws:iam::${ID}:role/apply`,
    destroy: `arn:aws:iam::${ID}:role/destroy`,
  },
  bootstrap: { github: [GITHUB], gitlab: [GITLAB], concourse: [CONCOURSE], prow: [PROW] },
};

async function rolesOf(token: Token): Promise<readonly RoleLevel[]> {
  const may = await Promise.all(ROLE_LEVELS.map((level) => mayAssume(trustOf(ACCOUNT, level, "aws"), token)));
  return ROLE_LEVELS.filter((_, index) => may[index]);
}

interface GithubJob {
  readonly permissions: Readonly<Record<string, string>>;
  readonly env?: { readonly FLEET_IDENTITY?: string };
  readonly environment?: object;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, GithubJob>>;
}

const MAIN = "refs/heads/main";
const EVENTS = {
  pull_request: ["pull_request", "refs/pull/7/merge"],
  merge_group: ["merge_group", "refs/heads/gh-readonly-queue/main/pr-7-abc"],
  push: ["push", MAIN],
  schedule: ["schedule", MAIN],
  workflow_dispatch: ["workflow_dispatch", MAIN],
} as const;

/** Each job of GitHub that gets a token, for each event that starts it. */
const githubJobs = [...renderGithub(modelFor("github"))].flatMap(([path, text]) => {
  const { jobs, on } = YAML.parse(text) as Workflow;
  return Object.entries(jobs)
    .filter(([, { permissions }]) => permissions["id-token"] === "write")
    .flatMap(([name, job]) =>
      (Object.keys(on) as (keyof typeof EVENTS)[]).map((on) => ({ path, name, job, event: EVENTS[on] })),
    );
});

function tokenOf({ event: [event, ref], job, path }: (typeof githubJobs)[number], branch: string = ref): Token {
  const level = job.env?.FLEET_IDENTITY === "destroy" ? "destroy" : "apply";
  // The matrix hands on the environment of the account.
  const environment = job.environment === undefined ? undefined : ENVIRONMENTS[level];
  return githubToken(GITHUB, { event, ref: branch, environment, workflow: path });
}

test("each job of GitHub can assume the role of its identity, for each event that starts it, and no other", async () => {
  const found = await Promise.all(
    githubJobs.map(async (each) => [each.name, each.event[0], await rolesOf(tokenOf(each))]),
  );

  expect(found).toEqual(githubJobs.map(({ event, job, name }) => [name, event[0], [job.env?.FLEET_IDENTITY]]));
  expect(found.length).toBeGreaterThan(8);
});

test("no job of a pull request on GitHub can apply or destroy, whatever environment it names", async () => {
  const [event, ref] = EVENTS.pull_request;
  for (const environment of [undefined, ...Object.values(ENVIRONMENTS)])
    expect(
      (
        await rolesOf(githubToken(GITHUB, { event, ref, environment, workflow: ".github/workflows/deploy.yml" }))
      ).filter((level) => level !== "plan"),
    ).toEqual([]);
});

test("a job of an account without environments applies from the branch that is deployed, and from no other", async () => {
  const account = { ...ACCOUNT, bootstrap: { github: [{ repository: GITHUB.repository }] } };
  const token = (ref: string): Token =>
    githubToken(GITHUB, { event: "push", ref, workflow: ".github/workflows/deploy.yml" });
  const may = await Promise.all(
    [MAIN, "refs/heads/other"].map((ref) => mayAssume(trustOf(account, "apply", "aws"), token(ref))),
  );

  expect(may).toEqual([true, false]);
});

test("on a GitHub Enterprise Server, the branch alone decides, by keys that AWS reads from its issuer, and no thumbprint is required", async () => {
  const item = { repository: GITHUB.repository, issuer: "https://github.example.com/_services/token" };
  const account = { ...ACCOUNT, bootstrap: { github: [item] } };
  const trusts = ROLE_LEVELS.flatMap((level) => trustOf(account, level, "aws"));
  const may = async (event: "pull_request" | "push", ref: string, issuer = item.issuer) => {
    const token = { ...githubToken(item, { event, ref, workflow: ".github/workflows/deploy.yml" }), issuer };
    const found = await Promise.all(ROLE_LEVELS.map((level) => mayAssume(trustOf(account, level, "aws"), token)));
    return ROLE_LEVELS.filter((_, index) => found[index]);
  };

  expect([
    await may("pull_request", "refs/pull/7/merge"),
    await may("push", MAIN),
    await may("push", "refs/heads/other"),
    await may("push", MAIN, "https://token.actions.githubusercontent.com"),
  ]).toEqual([["plan"], ["plan", "apply"], [], []]);
  const keys = trusts
    .filter(({ Action }) => Action === "sts:AssumeRoleWithWebIdentity")
    .flatMap(({ Condition }) => Object.values(Condition).flatMap((each) => Object.keys(each)));
  expect([...new Set(keys)].sort()).toEqual([
    "github.example.com/_services/token:aud",
    "github.example.com/_services/token:sub",
  ]);
  expect(oidcProvidersOf(account, "aws")).toEqual([expect.objectContaining({ url: item.issuer, thumbprints: [] })]);
});

test("a deploy from another branch of GitHub can apply nothing", async () => {
  for (const each of githubJobs.filter(({ job }) => job.environment !== undefined))
    expect(await rolesOf(tokenOf(each, "refs/heads/other"))).toEqual([]);
});

interface GitlabJob {
  readonly id_tokens?: object;
  readonly variables?: { readonly FLEET_IDENTITY?: string };
}

const model = modelFor("gitlab");
const gitlabJobs = [
  ...renderGitlab(model).values(),
  ...renderChild(model, "deploy", model.clusters).values(),
  ...renderChild(model, "destroy", model.clusters).values(),
].flatMap((text) =>
  Object.entries(YAML.parse(text) as Record<string, GitlabJob>).filter(([, job]) => job.id_tokens !== undefined),
);

test("each job of GitLab can assume the role of its identity on the branch on which it runs", async () => {
  const identities = gitlabJobs.map(([, job]) => job.variables?.FLEET_IDENTITY);
  const ref = (identity: string | undefined): string =>
    identity === "destroy" ? "destroy" : identity === "plan" ? "feature" : "main";
  const may = await Promise.all(
    identities.map((each) => rolesOf(gitlabToken(GITLAB, { ref: ref(each), ref_type: "branch" }))),
  );

  expect(may).toEqual(
    identities.map((each) =>
      each === "destroy" ? ["plan", "destroy"] : each === "plan" ? ["plan"] : ["plan", "apply"],
    ),
  );
  expect(new Set(identities)).toEqual(new Set(ROLE_LEVELS));
});

test("a merge request of GitLab, whose token has its source branch, can only plan, and one from a fork nothing", async () => {
  expect(await rolesOf(gitlabToken(GITLAB, { ref: "feature", ref_type: "branch" }))).toEqual(["plan"]);
  expect(await rolesOf(gitlabToken(GITLAB, { ref: "main", ref_type: "branch", project: "evil/clusters" }))).toEqual([]);
});

/** Every job of Concourse with its pipeline, and what it says that it is. */
const concourseJobs = [...renderConcourse(modelFor("concourse"))].flatMap(([path, text]) => {
  const pipeline = path.includes("/clusters/") ? "fleet-cluster" : path.replace(/^concourse\/(.*)\.yml$/, "fleet-$1");
  const { jobs } = YAML.parse(text) as {
    jobs: { name: string; plan: { config?: { params: Record<string, string> } }[] }[];
  };
  return jobs.map(({ name, plan }) => ({
    ...{ pipeline, name },
    identity: plan.flatMap(({ config }) => config?.params["FLEET_IDENTITY"] ?? [])[0],
  }));
});

test("each job of Concourse can assume the role of its identity and no other, and one without an identity none", async () => {
  const tokens = concourseJobs.map(({ name, pipeline }) =>
    concourseToken(CONCOURSE, { pipeline, instance: "cluster:a.example.com", job: name }),
  );

  expect(await Promise.all(tokens.map(rolesOf))).toEqual(
    concourseJobs.map(({ identity }) => (identity === undefined ? [] : [identity])),
  );
  expect(new Set(concourseJobs.map(({ identity }) => identity))).toEqual(new Set([undefined, ...ROLE_LEVELS]));
});

test("a pipeline of another team, or one that the account does not name, can assume nothing", async () => {
  const job = { instance: "", job: "apply-deploy.apply" };

  expect(await rolesOf(concourseToken({ ...CONCOURSE, team: "evil" }, { ...job, pipeline: "fleet-cluster" }))).toEqual(
    [],
  );
  expect(await rolesOf(concourseToken(CONCOURSE, { ...job, pipeline: "fleet-clusters" }))).toEqual([]);
  // The parts of a subject are between slashes, which no part can contain.
  expect(
    await rolesOf(concourseToken(CONCOURSE, { pipeline: "fleet-cluster", instance: "x/apply-x", job: "y" })),
  ).toEqual([]);
});

interface ProwFile {
  readonly presubmits: Readonly<Record<string, readonly ProwJob[]>>;
  readonly postsubmits: Readonly<Record<string, readonly ProwJob[]>>;
  readonly periodics: readonly ProwJob[];
}
interface ProwJob {
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly containers: readonly { readonly env: readonly { readonly name: string; readonly value?: string }[] }[];
  };
}

const prowModel = modelFor("prow");
const prowFile = YAML.parse(
  renderProw({
    ...prowModel,
    clusters: prowModel.clusters.map((each) => ({ ...each, serviceAccounts: PROW.service_accounts })),
  }).get("prow/jobs.yaml") ?? "",
) as ProwFile;

test("each job of Prow can assume the role of its identity and no other, and no presubmit more than plan", async () => {
  const presubmits = Object.values(prowFile.presubmits).flat();
  const jobs = [...presubmits, ...Object.values(prowFile.postsubmits).flat(), ...prowFile.periodics].map(
    ({ spec }) => ({
      account: spec.serviceAccountName ?? "default",
      identity: spec.containers[0]?.env.find(({ name }) => name === "FLEET_IDENTITY")?.value,
    }),
  );
  const may = await Promise.all(
    jobs.map(({ account }) => rolesOf(prowToken(PROW, { namespace: PROW.namespace, service_account: account }))),
  );

  expect(may).toEqual(jobs.map(({ identity }) => (identity === undefined ? [] : [identity])));
  expect(new Set(may.slice(0, presubmits.length).flat())).toEqual(new Set(["plan"]));
  expect(new Set(may.flat())).toEqual(new Set(ROLE_LEVELS));
});

test("a pod of the same name in another namespace can assume nothing", async () => {
  expect(await rolesOf(prowToken(PROW, { namespace: "evil", service_account: "ci-apply" }))).toEqual([]);
});
