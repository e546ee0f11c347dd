import { readdirSync, readFileSync } from "node:fs";
import { TERRAFORM_PERMISSIONS, type TypePermissions } from "../../../aws/terraform-permissions";
import { actionsOf, IAM_SCOPES, ONLY_DESTROY } from "../../../fleet/accounts/permissions";
import { planAccount } from "../../../fleet/accounts/plan";
import type { RoleLevel } from "../../../fleet/accounts/roles";
import { POLICIES_OF_A_ROLE, POLICY_LIMIT, packed, type Statement } from "../../../fleet/accounts/statement";
import { ACCOUNT_ID, accountWith } from "../../support/aws/account";
import { isAllowed } from "../../support/aws/simulate";

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

test.each<[RoleLevel, (keyof TypePermissions)[]]>([
  ["plan", ["read"]],
  ["apply", ["read", "write", "delete"]],
  ["destroy", ["read", "write", "delete"]],
])("the policies of %s allow what every type of the stacks needs: %j", (level, kinds) => {
  const role = plan.roles.find((each) => each.level === level);
  const allowed = new Set(
    Object.values(role?.policies ?? {})
      .flatMap(statementsOf)
      .flatMap(({ Action, Effect }) => (Effect === "Allow" ? Action : [])),
  );
  const never = level === "apply" ? ONLY_DESTROY : [];
  const missing = Object.entries(TERRAFORM_PERMISSIONS).flatMap(([type, needs]) =>
    kinds.flatMap((kind) => needs[kind].filter((action) => !allowed.has(action)).map((action) => `${type}: ${action}`)),
  );

  expect(missing.filter((each) => !never.some((action) => each.endsWith(` ${action}`)))).toEqual([]);
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
])("the policies of %s are within the limits of IAM", (...[, each]) => {
  expect(documentsOf(each).filter(({ length }) => length > POLICY_LIMIT)).toEqual([]);
  expect(each.roles.filter(({ policies }) => Object.keys(policies).length > POLICIES_OF_A_ROLE)).toEqual([]);
});

test("a statement that does not fit is shared among policies", () => {
  const statement: Statement = { Sid: "A", Effect: "Allow", Action: ["a:1", "a:2", "a:3"], Resource: ["*"] };

  expect(
    packed([statement], 110)
      .flatMap(statementsOf)
      .map(({ Action }) => Action),
  ).toEqual([["a:1", "a:2"], ["a:3"]]);
});

type Context = Readonly<Record<string, string | readonly string[]>>;

/** True if a role of the small account may do something, by its policies alone. */
function may(level: string, action: string, resource: string, context: Context = {}): Promise<boolean> {
  const policies = plan.roles.find((role) => role.level === level)?.policies ?? {};
  return isAllowed({
    request: {
      principal: `${IAM}:role/fleet/${level}`,
      action,
      resource: { resource, accountId: ACCOUNT_ID },
      contextVariables: context,
    },
    identityPolicies: Object.entries(policies).map(([name, document]) => ({
      name,
      policy: JSON.parse(document),
    })),
    // The policy of every key leaves the decision to the account's IAM.
    ...(action.startsWith("kms:") && {
      resourcePolicy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: `${IAM}:root` }, Action: "kms:*", Resource: "*" }],
      },
    }),
  });
}

const IAM = `arn:aws:iam::${ACCOUNT_ID}`;
const BOUNDARY = { "iam:PermissionsBoundary": `${IAM}:policy/fleet-boundary` };
const STATE_KEY = { "kms:ResourceAliases": ["alias/state/example-state"] };
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT_ID}:key/1`;
const CLUSTER = `arn:aws:eks:eu-west-1:${ACCOUNT_ID}:cluster/a`;
const VPC = `arn:aws:ec2:eu-west-1:${ACCOUNT_ID}:vpc/vpc-1`;
const BUCKET = "arn:aws:s3:::example-state";

interface Row {
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
}

/** Calls that `apply` must be allowed to make for clusters. */
const GRANTED: readonly Row[] = [
  { action: "iam:CreateRole", resource: `${IAM}:role/clusters/a`, context: BOUNDARY },
  { action: "iam:PutRolePolicy", resource: `${IAM}:role/clusters/a`, context: BOUNDARY },
  {
    action: "iam:PassRole",
    resource: `${IAM}:role/clusters/a`,
    context: { "iam:PassedToService": "eks.amazonaws.com" },
  },
  { action: "ec2:CreateVpc", resource: VPC },
  { action: "s3:PutObject", resource: `${BUCKET}/a.example.com/networking.tfstate` },
  { action: "s3:DeleteObject", resource: `${BUCKET}/a.example.com/networking.tfstate.tflock` },
  { action: "kms:GenerateDataKey", resource: KEY, context: STATE_KEY },
  { action: "sts:AssumeRole", resource: `${IAM}:role/fleet/apply` },
];

test.each(GRANTED)("apply may $action on $resource", async ({ action, context, resource }) => {
  expect(await may("apply", action, resource, context)).toBe(true);
});

/** The ways from `apply` to more rights, to the state of others, and to what never comes back. */
const REFUSED: readonly Row[] = [
  { action: "iam:CreateRole", resource: `${IAM}:role/clusters/a` },
  {
    action: "iam:CreateRole",
    resource: `${IAM}:role/clusters/a`,
    context: { "iam:PermissionsBoundary": `${IAM}:policy/another` },
  },
  { action: "iam:CreateRole", resource: `${IAM}:role/admin`, context: BOUNDARY },
  { action: "iam:UpdateAssumeRolePolicy", resource: `${IAM}:role/platform-admin` },
  { action: "iam:UpdateAssumeRolePolicy", resource: `${IAM}:role/fleet/destroy` },
  { action: "iam:AttachRolePolicy", resource: `${IAM}:role/fleet/apply`, context: BOUNDARY },
  {
    action: "iam:PassRole",
    resource: `${IAM}:role/platform-admin`,
    context: { "iam:PassedToService": "ec2.amazonaws.com" },
  },
  {
    action: "iam:PassRole",
    resource: `${IAM}:role/clusters/a`,
    context: { "iam:PassedToService": "lambda.amazonaws.com" },
  },
  { action: "iam:AddRoleToInstanceProfile", resource: `${IAM}:instance-profile/platform` },
  { action: "iam:DeleteRolePermissionsBoundary", resource: `${IAM}:role/clusters/a` },
  { action: "iam:CreatePolicyVersion", resource: `${IAM}:policy/fleet-boundary` },
  { action: "iam:SetDefaultPolicyVersion", resource: `${IAM}:policy/fleet/apply-1` },
  { action: "iam:CreateUser", resource: `${IAM}:user/a` },
  { action: "iam:CreateAccessKey", resource: `${IAM}:user/a` },
  {
    action: "iam:UpdateOpenIDConnectProviderThumbprint",
    resource: `${IAM}:oidc-provider/token.actions.githubusercontent.com`,
  },
  { action: "sts:AssumeRole", resource: `${IAM}:role/fleet/destroy` },
  { action: "sts:AssumeRole", resource: `${IAM}:role/platform-admin` },
  { action: "s3:PutBucketPolicy", resource: BUCKET },
  { action: "s3:PutLifecycleConfiguration", resource: BUCKET },
  { action: "s3:DeleteObject", resource: `${BUCKET}/a.example.com/networking.tfstate` },
  { action: "s3:DeleteObjectVersion", resource: `${BUCKET}/a.example.com/networking.tfstate` },
  { action: "s3:GetObject", resource: `${BUCKET}/accounts/production.tfstate` },
  { action: "s3:GetObject", resource: "arn:aws:s3:::some-other-bucket/data" },
  { action: "kms:PutKeyPolicy", resource: KEY, context: STATE_KEY },
  { action: "kms:Decrypt", resource: KEY },
  { action: "kms:CreateGrant", resource: KEY },
  { action: "kms:ScheduleKeyDeletion", resource: KEY },
  { action: "eks:DeleteCluster", resource: CLUSTER },
  { action: "ec2:DeleteVpc", resource: VPC },
  { action: "ssm:GetParameter", resource: `arn:aws:ssm:eu-west-1:${ACCOUNT_ID}:parameter/password` },
];

test.each(REFUSED)("apply may not $action on $resource with $context", async ({ action, context, resource }) => {
  expect(await may("apply", action, resource, context)).toBe(false);
});

test.each<Row>([
  { action: "ec2:CreateVpc", resource: VPC },
  { action: "s3:PutObject", resource: `${BUCKET}/a.example.com/networking.tfstate` },
  { action: "s3:PutObject", resource: `${BUCKET}/a.example.com/networking.tfstate.tflock` },
  { action: "s3:GetObject", resource: `${BUCKET}/accounts/production.tfstate` },
  { action: "sts:AssumeRole", resource: `${IAM}:role/fleet/apply` },
])("plan may not $action on $resource", async ({ action, resource }) => {
  expect(await may("plan", action, resource)).toBe(false);
});

test("destroy may delete a cluster, and not the state of it", async () => {
  expect(await may("destroy", "eks:DeleteCluster", CLUSTER)).toBe(true);
  expect(await may("destroy", "kms:ScheduleKeyDeletion", KEY)).toBe(true);
  expect(await may("destroy", "kms:ScheduleKeyDeletion", KEY, STATE_KEY)).toBe(false);
  expect(await may("destroy", "s3:DeleteBucket", BUCKET)).toBe(false);
});
