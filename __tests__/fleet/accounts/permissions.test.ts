import { readdirSync, readFileSync } from "node:fs";
import { TERRAFORM_PERMISSIONS } from "../../../aws/terraform-permissions";
import { actionsOf, IAM_SCOPES, ONLY_DESTROY } from "../../../fleet/accounts/permissions";
import { planAccount } from "../../../fleet/accounts/plan";
import type { RoleLevel } from "../../../fleet/accounts/roles";
import { POLICIES_OF_A_ROLE, POLICY_LIMIT, packed, type Statement } from "../../../fleet/accounts/statement";
import { ACCOUNT_ID, accountWith } from "../../support/aws/account";
import { actionsOf as knownActions, problemsOfStatement } from "../../support/iam-list";

/** As large as an account can reasonably be: every CI system, and many patterns of roles. */
const LARGE = accountWith(
  {
    github: Array.from({ length: 5 }, (_, index) => ({ repository: `example-organization/fleet-${index}` })),
    gitlab: [{ project: "example/platform/fleet" }],
    concourse: [{ issuer: "https://ci.example.com", team: "main", pipelines: ["fleet"] }],
    prow: [{ issuer: "https://oidc.example.com/id/A", namespace: "pods", service_accounts: { plan: "p", apply: "a" } }],
    cluster_roles: Array.from({ length: 10 }, (_, index) => `/clusters/cluster-number-${index}-eks-example-com-*`),
    boundary_services: ["dynamodb", "sns"],
    further_actions: { apply: ["ec2:CreateVolume"] },
  },
  { state: { bucket: "example-state", region: "eu-west-1", role_arn: `arn:aws:iam::${ACCOUNT_ID}:role/fleet/state` } },
);
const plan = planAccount(accountWith({ github: [{ repository: "a/b" }] }), "aws", []);

const statementsOf = (document: string): readonly Statement[] =>
  (JSON.parse(document) as { Statement: readonly Statement[] }).Statement;
const statements = (level: string): readonly Statement[] =>
  plan.roles
    .filter((role) => role.level === level)
    .flatMap(({ policies }) => Object.values(policies).flatMap(statementsOf));

test("every type that constructs can create has permissions, with sources", () => {
  const files = ["constructs", "addons", "stacks"].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" }).map((file) => `${room}/${file}`),
  );
  // The stack of an account is applied by administrators.
  const imports = files
    .filter((file) => file.endsWith(".ts") && !/account/.test(file))
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/provider-aws\/lib\/(?!provider")([a-z0-9-]+)/g)])
    .map(([, leaf = ""]) =>
      leaf.replaceAll("-", "_").replace(/^(?:data_aws_)?/, (data) => (data === "" ? "aws_" : "data.aws_")),
    );

  expect(new Set(imports)).toEqual(new Set(Object.keys(TERRAFORM_PERMISSIONS)));
  expect(Object.values(TERRAFORM_PERMISSIONS).filter(({ sources }) => sources.length === 0)).toEqual([]);
});

test("every action exists", async () => {
  const all = new Set(
    Object.values(TERRAFORM_PERMISSIONS).flatMap((each) => [...each.read, ...each.write, ...each.delete]),
  );
  const missing = await Promise.all(
    [...all].map(async (action) => ((await knownActions(action)).length === 1 ? [] : [action])),
  );

  expect(missing.flat()).toEqual([]);
});

test("every action of IAM that changes something is limited", () => {
  const changes = actionsOf("destroy").filter((action) => /^iam:(?!Get|List)/.test(action));

  expect(changes).toEqual(Object.values(IAM_SCOPES).flat().sort());
});

test("plan changes nothing, and apply deletes nothing that never comes back", () => {
  expect(actionsOf("plan").filter((action) => !/:(?:Describe|Get|List|Search)/.test(action))).toEqual([]);
  expect(actionsOf("apply").filter((action) => ONLY_DESTROY.includes(action))).toEqual([]);
  expect(ONLY_DESTROY.filter((action) => !actionsOf("destroy").includes(action))).toEqual([]);
});

const documentsOf = ({ boundary, roles }: typeof plan): readonly string[] => [
  boundary.document,
  ...roles.flatMap(({ policies }) => Object.values(policies)),
];

test.each([
  ["a small account", plan],
  ["a large account", planAccount(LARGE, "aws", [])],
  ["an account in China", planAccount(LARGE, "aws-cn", [])],
])("the policies of %s are within the limits of IAM", (_, each) => {
  expect(documentsOf(each).filter(({ length }) => length > POLICY_LIMIT)).toEqual([]);
  expect(each.roles.filter(({ policies }) => Object.keys(policies).length > POLICIES_OF_A_ROLE)).toEqual([]);
  // 2,048 characters are the default quota of a trust policy; AWS raises it to 4,096.
  expect(each.roles.map(({ trust }) => JSON.stringify(trust).length).filter((length) => length > 4096)).toEqual([]);
});

test("every statement has actions, keys and resources that AWS knows", async () => {
  const problems: string[] = [];
  for (const statement of documentsOf(plan).flatMap(statementsOf))
    problems.push(...(await problemsOfStatement(statement)));

  expect(problems).toEqual([]);
});

test("a statement that does not fit is shared among policies", () => {
  const statement: Statement = { Sid: "A", Effect: "Allow", Action: ["a:1", "a:2", "a:3"], Resource: ["*"] };

  expect(
    packed([statement], 110)
      .flatMap(statementsOf)
      .map(({ Action }) => Action),
  ).toEqual([["a:1", "a:2"], ["a:3"]]);
});

const { runSimulation } = jest.requireActual<{
  runSimulation(simulation: object, options: object): Promise<{ readonly overallResult?: string }>;
}>("@cloud-copilot/iam-simulate");

/** Evaluates the policies of a role as IAM does. */
async function may(level: RoleLevel, action: string, resource: string, context: object = {}): Promise<boolean> {
  const { overallResult } = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT_ID}:role/fleet/${level}`,
        action,
        resource: { resource, accountId: ACCOUNT_ID },
        contextVariables: context,
      },
      identityPolicies: [{ name: level, policy: { Version: "2012-10-17", Statement: statements(level) } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  return overallResult === "Allowed";
}

const IAM = `arn:aws:iam::${ACCOUNT_ID}`;
const BOUNDARY = { "iam:PermissionsBoundary": `${IAM}:policy/fleet-boundary` };
const STATE_KEY = { "kms:ResourceAliases": ["alias/state/example-state"] };
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT_ID}:key/1`;

describe("apply", () => {
  test.each<[string, string, object?]>([
    ["iam:CreateRole", `${IAM}:role/clusters/a`, BOUNDARY],
    ["iam:PutRolePolicy", `${IAM}:role/clusters/a`, BOUNDARY],
    ["iam:PassRole", `${IAM}:role/clusters/a`, { "iam:PassedToService": "eks.amazonaws.com" }],
    ["ec2:CreateVpc", `arn:aws:ec2:eu-west-1:${ACCOUNT_ID}:vpc/vpc-1`],
    ["s3:PutObject", "arn:aws:s3:::example-state/a.example.com/networking.tfstate"],
    ["s3:DeleteObject", "arn:aws:s3:::example-state/a.example.com/networking.tfstate.tflock"],
    ["kms:GenerateDataKey", KEY, STATE_KEY],
    ["sts:AssumeRole", `${IAM}:role/fleet/apply`],
  ])("may %s on %s", async (action, resource, context) => {
    expect(await may("apply", action, resource, context)).toBe(true);
  });

  test.each<[string, string, object?]>([
    ["iam:CreateRole", `${IAM}:role/clusters/a`],
    ["iam:CreateRole", `${IAM}:role/clusters/a`, { "iam:PermissionsBoundary": `${IAM}:policy/another` }],
    ["iam:CreateRole", `${IAM}:role/admin`, BOUNDARY],
    ["iam:UpdateAssumeRolePolicy", `${IAM}:role/platform-admin`],
    ["iam:UpdateAssumeRolePolicy", `${IAM}:role/fleet/destroy`],
    ["iam:AttachRolePolicy", `${IAM}:role/fleet/apply`, BOUNDARY],
    ["iam:PassRole", `${IAM}:role/platform-admin`, { "iam:PassedToService": "ec2.amazonaws.com" }],
    ["iam:PassRole", `${IAM}:role/clusters/a`, { "iam:PassedToService": "lambda.amazonaws.com" }],
    ["iam:DeleteRolePermissionsBoundary", `${IAM}:role/clusters/a`],
    ["iam:CreatePolicyVersion", `${IAM}:policy/fleet-boundary`],
    ["iam:CreateUser", `${IAM}:user/a`],
    ["iam:UpdateOpenIDConnectProviderThumbprint", `${IAM}:oidc-provider/token.actions.githubusercontent.com`],
    ["sts:AssumeRole", `${IAM}:role/fleet/destroy`],
    ["s3:PutBucketPolicy", "arn:aws:s3:::example-state"],
    ["s3:PutLifecycleConfiguration", "arn:aws:s3:::example-state"],
    ["s3:DeleteObject", "arn:aws:s3:::example-state/a.example.com/networking.tfstate"],
    ["s3:DeleteObjectVersion", "arn:aws:s3:::example-state/a.example.com/networking.tfstate"],
    ["s3:GetObject", "arn:aws:s3:::example-state/accounts/production.tfstate"],
    ["s3:GetObject", "arn:aws:s3:::some-other-bucket/data"],
    ["kms:PutKeyPolicy", KEY, STATE_KEY],
    ["kms:Decrypt", KEY],
    ["kms:CreateGrant", KEY],
    ["eks:DeleteCluster", `arn:aws:eks:eu-west-1:${ACCOUNT_ID}:cluster/a`],
    ["ec2:DeleteVpc", `arn:aws:ec2:eu-west-1:${ACCOUNT_ID}:vpc/vpc-1`],
    ["ssm:GetParameter", `arn:aws:ssm:eu-west-1:${ACCOUNT_ID}:parameter/password`],
  ])("may not %s on %s", async (action, resource, context) => {
    expect(await may("apply", action, resource, context)).toBe(false);
  });
});

test.each<[string, string]>([
  ["ec2:CreateVpc", `arn:aws:ec2:eu-west-1:${ACCOUNT_ID}:vpc/vpc-1`],
  ["s3:PutObject", "arn:aws:s3:::example-state/a.example.com/networking.tfstate"],
  ["s3:PutObject", "arn:aws:s3:::example-state/a.example.com/networking.tfstate.tflock"],
  ["s3:GetObject", "arn:aws:s3:::example-state/accounts/production.tfstate"],
  ["sts:AssumeRole", `${IAM}:role/fleet/apply`],
])("plan may not %s on %s", async (action, resource) => {
  expect(await may("plan", action, resource)).toBe(false);
});

test("destroy may delete a cluster, and not the state of it", async () => {
  expect(await may("destroy", "eks:DeleteCluster", `arn:aws:eks:eu-west-1:${ACCOUNT_ID}:cluster/a`)).toBe(true);
  expect(await may("destroy", "kms:ScheduleKeyDeletion", KEY, STATE_KEY)).toBe(false);
  expect(await may("destroy", "s3:DeleteBucket", "arn:aws:s3:::example-state")).toBe(false);
});
