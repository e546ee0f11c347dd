import { account, definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const MINE = "accounts/mine.yaml";
const ROLE = "arn:aws:iam::444444444444:role";

/** A cluster whose roles `apply` may create. */
const inBoundary = definition({
  meta: "ACCOUNT: mine",
  common: "iam: { path: /clusters/, permissions_boundary: arn:aws:iam::444444444444:policy/fleet-boundary }",
});

/** Returns the problems of an account with the YAML of `bootstrap`. */
function problemsWith(bootstrap: string, destroy = `  destroy: ${ROLE}/destroy\n`): string[] {
  const mine = account({ own: `bootstrap: ${bootstrap}` }).replace(/( {2}plan: .*\n)/, `$1${destroy}`);
  return problemsOf({ [MINE]: mine, "clusters/a.example.com.yaml": inBoundary }).map((line) =>
    line.replace(/^accounts\/mine\.yaml:\d+:\d+ /, ""),
  );
}

test("an account is bootstrapped with any of the CI systems", () => {
  const bootstrap = `{ github: [{ repository: a/b, environments: { apply: x, destroy: y } }], gitlab: [{ project: a/b }],
  concourse: [{ issuer: https://ci.example.com, team: main, pipelines: [fleet] }],
  prow: [{ issuer: https://oidc.example.com/id/A, namespace: pods, service_accounts: { plan: p, apply: a } }] }`;

  expect(problemsWith(bootstrap)).toEqual([]);
});

test("shows the place of a problem", () => {
  const mine = account({ own: "bootstrap: {}" });

  expect(problemsOf({ [MINE]: mine, "clusters/a.example.com.yaml": inBoundary })).toEqual([
    `${MINE}:6:3 roles: requires the key destroy, because bootstrap creates a role of its own for it`,
  ]);
});

test.each<[string, string, string | undefined]>([
  [
    "{}",
    `roles.destroy: is already another role: ${ROLE}/deploy. bootstrap creates three different roles`,
    `  destroy: ${ROLE}/deploy\n`,
  ],
  [
    "{ github: [{ repository: a/b, environments: { apply: x, destroy: x } }] }",
    "bootstrap.github[0].environments.destroy: must be another environment than apply, or the same jobs may destroy",
    undefined,
  ],
  [
    "{ github: [{ repository: a/b, environments: { plan: x, apply: x } }] }",
    "bootstrap.github[0].environments.plan: must be another environment than apply, or plans wait for its reviewers",
    undefined,
  ],
  [
    "{ github: [{ repository: a/b, issuer: https://github.example.com/_services/token, environments: { apply: x } }] }",
    "bootstrap.github[0].environments.apply: requires tokens of github.com: AWS compares the branch of other issuers only in the subject, where an environment replaces it. Remove the environment",
    undefined,
  ],
  [
    "{ github: [{ repository: a/b, issuer: https://github.example.com/_services/token, workflows: [.github/workflows/a.yml] }] }",
    "bootstrap.github[0].workflows: requires tokens of github.com, because AWS reads the workflow from no other issuer. Remove it",
    undefined,
  ],
  [
    "{ github: [{ repository: example/* }] }",
    'bootstrap.github[0].repository: must be a repository with its owner, such as example/cluster-fleet, got "example/*"',
    undefined,
  ],
  [
    "{ github: [{ repository: a/b, branch: '*' }] }",
    'bootstrap.github[0].branch: must be the name of a branch, such as main, got "*"',
    undefined,
  ],
  [
    "{ gitlab: [{ project: a/b, destroy_branch: main }] }",
    "bootstrap.gitlab[0].destroy_branch: must be another branch than main, or the same jobs may destroy",
    undefined,
  ],
  [
    "{ gitlab: [{ url: http://gitlab.example.com, project: a/b }] }",
    'bootstrap.gitlab[0].url: must be the https:// address of an issuer of tokens without a slash at its end, such as https://gitlab.example.com, got "http://gitlab.example.com"',
    undefined,
  ],
  [
    "{ concourse: [{ issuer: https://ci.example.com, team: main, pipelines: [fleet], jobs: { apply: ['*'] } }] }",
    "bootstrap.concourse[0].jobs.apply: must not have jobs of plan and of apply with the same name, as * allows. Give each role's jobs a beginning of their own",
    undefined,
  ],
  [
    "{ prow: [{ issuer: https://oidc.example.com, namespace: pods, service_accounts: { plan: ci, apply: ci } }] }",
    "bootstrap.prow[0].service_accounts.plan: is already the service account of another role: ci. Give each role its own",
    undefined,
  ],
  [
    "{ boundary_services: [dynamodb, iam] }",
    "bootstrap.boundary_services[1]: must not be iam, with which a pod of a cluster could become administrator of the account. Remove it, and create what it is for outside the clusters",
    undefined,
  ],
  ["{ peered_accounts: [mine] }", "bootstrap.peered_accounts[0]: is the account itself. Remove it", undefined],
  [
    "{ peered_accounts: [sandbx] }",
    'bootstrap.peered_accounts[0]: unknown account "sandbx". Did you mean "sandbox"?',
    undefined,
  ],
])("refuses %s", (bootstrap, problem, destroy) => {
  const problems = problemsWith(bootstrap, destroy);

  expect(problems).toContain(problem);
});

test("refuses a cluster whose roles apply may not create", () => {
  const mine = account({ own: "bootstrap: {}" }).replace(/( {2}plan: .*\n)/, `$1  destroy: ${ROLE}/destroy\n`);
  const cluster = definition({ meta: "ACCOUNT: mine" });

  expect(
    problemsOf({ [MINE]: mine, "clusters/a.example.com.yaml": cluster }).map((line) => line.replace(/^\S+ /, "")),
  ).toEqual([
    `tfvars.common.iam.path: gives the cluster's roles names that begin with /a-example-com-, but ${ROLE}/deploy may create only /clusters/*. Change the path of a new cluster; for a cluster that exists, add /a-example-com-* to bootstrap.cluster_roles of the account, because another path replaces its roles`,
    `tfvars.common.iam.permissions_boundary: must be arn:aws:iam::444444444444:policy/fleet-boundary, because ${ROLE}/deploy creates roles with this boundary only. Set it under tfvars.common.iam of the account`,
  ]);
});

test("warns of actions that the boundary removes from the roles of a cluster", () => {
  const bootstrap = "{ boundary_services: [dynamodb] }";
  const mine = account({ own: `bootstrap: ${bootstrap}` }).replace(
    /( {2}plan: .*\n)/,
    `$1  destroy: ${ROLE}/destroy\n`,
  );
  const cluster = definition({
    meta: "ACCOUNT: mine",
    common: "iam: { path: /clusters/, permissions_boundary: arn:aws:iam::444444444444:policy/fleet-boundary }",
    cluster: `service_account_roles:
      - name: orders
        namespace: shop
        service_account: orders
        by: pod_identity
        statements:
          - { actions: [dynamodb:PutItem, s3:Get*, iam:List*, iam:P*], resources: ["*"] }
          - { actions: [athena:StartQueryExecution, athena:GetQueryResults, sns:Publish], resources: ["*"] }
          - { actions: [s3:DeleteBucket, iam:CreateUser, S3:deletebucket], resources: ["arn:aws:s3:::a"] }
          - { effect: Deny, actions: [glue:GetTable], resources: ["*"] }`,
  });
  const denied = "because the permissions boundary of the cluster's roles does not allow";

  expect(
    problemsOf({ [MINE]: mine, "clusters/a.example.com.yaml": cluster }).map((line) => line.replace(/^\S+ /, "")),
  ).toEqual([
    `warning: tfvars.cluster.service_account_roles[orders].statements[1].actions: AWS denies athena:StartQueryExecution, athena:GetQueryResults, sns:Publish, ${denied} athena, sns. Add them to bootstrap.boundary_services of account mine, and run fleet bootstrap`,
    `warning: tfvars.cluster.service_account_roles[orders].statements[2].actions: AWS denies s3:DeleteBucket, iam:CreateUser, S3:deletebucket, ${denied} this to any of them. Remove them`,
    "warning: tfvars.cluster.service_account_roles[orders].statements[2].actions[1]: iam:CreateUser accepts none of resources, so the statement does not contain it. Add its resources, or remove it",
  ]);
});
