import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TERRAFORM_PERMISSIONS } from "../../aws/terraform-permissions";
import { PASSED_TO } from "../../fleet/accounts/permissions";
import { planAccount } from "../../fleet/accounts/plan";
import { matchesWildcards } from "../../language/wildcard";
import { accountWith } from "../support/aws/account";
import { policies as managedPolicies } from "../support/aws/managed-policies.json";
import { actionsOf, anyResource, fits, problemsOfStatement, type Statement } from "../support/iam-list";
import { scratch } from "../support/run-program";
import { synthesize } from "../support/synthesize";

/** Resources with a policy, and the argument that has it. A resource policy's own resource is where it is attached. */
const ROLE_POLICIES: Readonly<Record<string, string>> = { aws_iam_role_policy: "policy", aws_iam_policy: "policy" };
const RESOURCE_POLICIES: Readonly<Record<string, string>> = {
  aws_iam_role: "assume_role_policy",
  aws_kms_key: "policy",
  aws_s3_bucket_policy: "policy",
  aws_sqs_queue_policy: "policy",
  aws_vpc_endpoint: "policy",
};

/** Statements that allow an action on every resource, although AWS could limit it: `<role> <Sid>` -> the reason. */
const ANY_RESOURCE: Readonly<Record<string, string>> = {
  "eks_role-may-tag Compute": "creates resources whose ids are unknown; limited by the tag of the cluster",
  "eks_role-may-tag Networking": "creates interfaces whose ids are unknown; limited by the tag of the cluster",
  "eks_role-may-tag LoadBalancing": "creates load balancers whose ids are unknown; limited by the tag of the cluster",
  "addons_aws_load_balancer_controller_role_policy Read": "reads certificates and user pools that teams name later",
  "addons_amazon_cloudwatch_observability_role_policy WriteMetrics": "limited by the namespaces of the metrics",
  "addons_aws_efs_csi_driver_role_policy Read": "the driver looks for file systems and access points of teams",
  "addons_kube_prometheus_stack_role-kube-prometheus-stack-grafana_policy ReadMetrics":
    "metrics belong to the account, and results of queries to the query that ReadLogs limits",
  "eks_addons_vpc-cni-ipv6 ": "nodes assign addresses to their own interfaces, whose ids are unknown",
  "addons_karpenter_role_policy ReadZonalShift": "limited to the cluster by arc-zonal-shift:ResourceIdentifier",
};

interface Found extends Statement {
  /** Id of the resource without its hash, and the Sid. */
  readonly name: string;
}

const work = scratch();
/** Types of AWS's resources and data sources in the stacks. */
const types = new Set<string>();
const roleStatements: Found[] = [];
const resourceStatements: Found[] = [];
/** Names of AWS's policies that stacks attach to roles. */
const attached = new Set<string>();
/** Services that may assume roles of the stacks, without their domain. */
const trusted = new Set<string>();

beforeAll(() => {
  synthesize(work.path);
  for (const stack of readdirSync(join(work.path, "stacks"))) {
    const { data = {}, resource = {} } = JSON.parse(
      readFileSync(join(work.path, "stacks", stack, "cdk.tf.json"), "utf8"),
    ) as {
      resource?: Record<string, Record<string, Record<string, unknown>>>;
      data?: Record<string, unknown>;
    };
    for (const type of [...Object.keys(resource), ...Object.keys(data).map((each) => `data.${each}`)])
      if (/^(?:data\.)?aws_/.test(type)) types.add(type);
    for (const { assume_role_policy } of Object.values(resource["aws_iam_role"] ?? {}))
      for (const [, service = ""] of String(assume_role_policy).matchAll(/"([\w.-]+)\.amazonaws\.com(?:\.cn)?"/g))
        if (!service.startsWith("sts")) trusted.add(service);
    for (const { policy_arn } of Object.values(resource["aws_iam_role_policy_attachment"] ?? {})) {
      const [, name] = /:iam::aws:policy\/(?:service-role\/)?(\w+)$/.exec(String(policy_arn)) ?? [];
      if (name !== undefined) attached.add(name);
    }
    roleStatements.push(...statementsOf(resource, ROLE_POLICIES));
    resourceStatements.push(...statementsOf(resource, RESOURCE_POLICIES));
  }
});

afterAll(() => work.remove());

function statementsOf(
  resource: Record<string, Record<string, Record<string, unknown>>>,
  policies: Readonly<Record<string, string>>,
): readonly Found[] {
  return Object.entries(policies).flatMap(([type, argument]) =>
    Object.entries(resource[type] ?? {})
      .filter(([, block]) => typeof block[argument] === "string")
      .flatMap(([id, block]) => {
        const { Statement: statements } = JSON.parse(String(block[argument])) as { Statement: Statement[] };
        return statements.map((each) => ({ ...each, name: `${id.replace(/_[0-9A-F]{8}$/, "")} ${each.Sid ?? ""}` }));
      }),
  );
}

test("finds the policies of the samples", () => {
  expect(roleStatements.length).toBeGreaterThan(400);
  expect(resourceStatements.length).toBeGreaterThan(200);
});

test("the roles of an account cover every type of the stacks", () => {
  expect(types.size).toBeGreaterThan(40);
  expect([...types].filter((type) => TERRAFORM_PERMISSIONS[type] === undefined)).toEqual([]);
});

describe("the permissions boundary", () => {
  const boundaryWith = (settings: Parameters<typeof accountWith>[0]): readonly Statement[] => {
    const { boundary } = planAccount(accountWith(settings), "aws", []);
    return (JSON.parse(boundary.document) as { Statement: readonly Statement[] }).Statement;
  };
  /** The samples have permissions of athena, and roles without a path. */
  const OF_SAMPLES = boundaryWith({ boundary_services: ["athena"], cluster_roles: ["/*"] });
  const BY_DEFAULT = boundaryWith({});
  const list = (value: string | readonly string[] = []): readonly string[] => [value].flat();
  const names = ({ Action }: Statement, action: string): boolean =>
    list(Action).some((pattern) => matchesWildcards(pattern, action));
  const isDenied = (boundary: readonly Statement[], action: string): boolean =>
    boundary.some(
      (each) => each.Effect === "Deny" && list(each.Resource).includes("*") && !each.Condition && names(each, action),
    );
  const reaches = (resource: string, { Resource }: Statement): boolean =>
    list(Resource).some((each) => each === "*" || resource === "*" || fits(resource.replace(/\d{12}/, "*"), each));

  /** Returns what the boundary takes from a role that has these statements. */
  const cutFrom = (statements: readonly Statement[], boundary = BY_DEFAULT): readonly string[] =>
    statements
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action, Resource }) => list(Action).flatMap((action) => list(Resource).map((on) => ({ action, on }))))
      .filter(
        ({ action, on }) =>
          isDenied(boundary, action) ||
          !boundary.some((each) => each.Effect === "Allow" && names(each, action) && reaches(on, each)),
      )
      .map(({ action, on }) => `${action} on ${on}`);

  test("removes no permission from the roles of the stacks", () => {
    // A capability of a sample may delete the buckets that it creates; `fleet validate` warns of that in a bootstrapped account.
    expect([...new Set(cutFrom(roleStatements, OF_SAMPLES))]).toEqual(["s3:DeleteBucket on arn:aws:s3:::auto-dev-*"]);
  });

  test("removes no permission from AWS's own policies that the stacks attach", () => {
    const policies: Readonly<Record<string, { readonly statements: readonly Statement[] }>> = managedPolicies;

    expect([...attached].filter((name) => policies[name] === undefined)).toEqual([]);
    expect(attached).toContain("AmazonEKSComputePolicy");
    expect([...attached].flatMap((name) => cutFrom(policies[name]?.statements ?? []))).toEqual([]);
  });

  test("removes permissions that no cluster requires", () => {
    const Action = ["iam:CreateUser", "eks:DeleteCluster", "dynamodb:PutItem"];

    expect(cutFrom([{ Effect: "Allow", Action, Resource: "*" }])).toEqual(Action.map((action) => `${action} on *`));
    expect(
      cutFrom([
        { Effect: "Allow", Action: "iam:AddRoleToInstanceProfile", Resource: "arn:aws:iam::*:instance-profile/admin" },
      ]),
    ).toHaveLength(1);
  });
});

test("apply may pass a role to every service that a role of the stacks trusts", () => {
  expect(trusted.size).toBeGreaterThan(5);
  expect([...trusted].filter((service) => !PASSED_TO.includes(service))).toEqual([]);
});

test("every statement of a role has actions, keys and resources that exist in AWS", async () => {
  const problems = await Promise.all(
    roleStatements.map(async (each) => (await problemsOfStatement(each)).map((problem) => `${each.name}: ${problem}`)),
  );

  expect([...new Set(problems.flat())]).toEqual([]);
});

test("every statement of a resource policy has actions and keys that exist in AWS", async () => {
  const problems = await Promise.all(
    resourceStatements
      .filter(({ Action }) => Action !== "*")
      .map(async ({ Action, Condition, name }) => {
        const keys = Object.fromEntries(
          Object.entries(Condition ?? {}).map(([operator, condition]) => [
            operator,
            // The keys of an OIDC provider begin with its issuer.
            Object.fromEntries(Object.entries(condition).filter(([key]) => /^[\w-]+:/.test(key))),
          ]),
        );
        const statement = { Effect: "Allow", Condition: keys, Resource: "*", ...(Action && { Action }) };
        return (await problemsOfStatement(statement)).map((problem) => `${name}: ${problem}`);
      }),
  );

  expect([...new Set(problems.flat())]).toEqual([]);
});

test("a statement that allows an action on every resource has a written reason", async () => {
  const found = await Promise.all(
    roleStatements.map(async (each) => ((await anyResource(each)).length > 0 ? [each.name] : [])),
  );

  expect([...new Set(found.flat())].sort()).toEqual(Object.keys(ANY_RESOURCE).sort());
});

describe("the check", () => {
  const BUCKET = "arn:aws:s3:::b";
  const LOAD_BALANCER = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/*/*";

  test.each<[string, Partial<Statement>, string]>([
    ["an action that does not exist", { Action: "s3:ReadObject", Resource: "*" }, "s3:ReadObject is not an action"],
    [
      "a resource of another service",
      { Action: "s3:ListBucket", Resource: LOAD_BALANCER },
      `s3:ListBucket accepts none of ${LOAD_BALANCER}`,
    ],
    [
      "a key that the action does not have",
      { Action: "s3:ListBucket", Resource: BUCKET, Condition: { StringEquals: { "ec2:Vpc": "v" } } },
      "s3:ListBucket does not have the key ec2:Vpc",
    ],
    [
      "a resource of an action that accepts none",
      { Action: "elasticloadbalancing:SetWebAcl", Resource: LOAD_BALANCER },
      "elasticloadbalancing:SetWebAcl accepts no resource but *",
    ],
  ])("reports %s", async (_what, statement, problem) => {
    expect(await problemsOfStatement({ Effect: "Allow", ...statement })).toContain(problem);
  });

  test("reports actions that could name a resource", async () => {
    expect(
      await anyResource({ Effect: "Allow", Action: ["s3:GetObject", "s3:ListAllMyBuckets"], Resource: "*" }),
    ).toEqual(["s3:GetObject"]);
    expect(await actionsOf("s3:ListAllMyB*")).toHaveLength(1);
  });
});
