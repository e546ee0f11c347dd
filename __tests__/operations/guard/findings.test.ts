import { change, judge, plan, rulesOf } from "./support";

const bucket = { arn: "arn:aws:s3:::logs", bucket: "logs", id: "logs" };
const of = (...changes: ReturnType<typeof change>[]) => judge({ "a.json": plan(changes) });
const lossesOf = (report: ReturnType<typeof judge>) => report.findings.map(({ loses }) => loses);

test("a replacement whose old object is only forgotten is stopped, because its users get an empty one", () => {
  expect(lossesOf(of(change("aws_s3_bucket.logs", ["create", "forget"], bucket, {})))).toEqual([
    "puts another object in the place of logs: the bucket with every object and version in it",
  ]);
});

test("an irreplaceable resource that is only forgotten is a note, although its reason is that of a destroy", () => {
  const report = of(
    change("aws_s3_bucket.logs", ["forget"], bucket, null, { action_reason: "delete_because_no_resource_config" }),
  );

  expect([report.findings, report.notes.map(({ message }) => message)]).toEqual([
    [],
    ["leaves the state and stays in AWS: logs. Nothing is lost, but it costs money", "a.example.com has no definition"],
  ]);
});

test.each([
  ["replace_because_tainted", " (it is tainted)"],
  ["replace_by_triggers", " (replace_triggered_by requests it)"],
  ["of_a_newer_terraform", ""],
])("the reason %s is put into words if it is known", (action_reason, words) => {
  expect(lossesOf(of(change("aws_s3_bucket.logs", ["delete", "create"], bucket, {}, { action_reason })))).toEqual([
    `replaces logs: the bucket with every object and version in it${words}`,
  ]);
});

test("a deposed object is named, because the current one has the same address", () => {
  expect(lossesOf(of(change("aws_s3_bucket.logs", ["delete"], bucket, null, { deposed: "0a1b2c3d" })))).toEqual([
    "destroys the earlier object of an unfinished replacement (deposed 0a1b2c3d), logs: the bucket with every object and version in it",
  ]);
});

test("a vanished resource is matched by the address before its move too", () => {
  const created = change("aws_kms_key.new", ["create"], null, {}, { previous_address: "aws_kms_key.old" });
  const gone = change("aws_kms_key.old", ["delete"], { key_id: "1234" }, null);
  const report = judge({ "a.json": plan([created], { resource_drift: [gone] }) });

  expect(report.findings.map(({ loses, rule }) => [rule, loses])).toEqual([
    [
      "recreate-vanished",
      "creates 1234 again, which was deleted outside of Terraform; lost already: the key; everything that it encrypted can never be read again",
    ],
  ]);
});

test("data and ephemeral values are never judged, because nothing of them is kept", () => {
  expect(of(change("aws_s3_bucket.logs", ["delete"], bucket, null, { mode: "data" })).findings).toEqual([]);
  expect(of(change("aws_eks_cluster_auth.a", ["open"], null, {}, { mode: "ephemeral" })).findings).toEqual([]);
});

test("an action that is not known is stopped, because it may be any loss", () => {
  const { findings } = of(change("aws_s3_bucket.logs", ["teleport"], bucket, bucket));

  expect(findings).toMatchObject([
    {
      rule: "plan-incomplete",
      address: "aws_s3_bucket.logs",
      loses: "has the action teleport, which no rule judges",
    },
  ]);
});

test("a known action beside an unknown one counts", () => {
  expect(rulesOf(of(change("aws_s3_bucket.logs", ["teleport", "delete"], bucket, null)))).toEqual([
    "destroy-data",
    "plan-incomplete",
  ]);
});

test("a shorter retention is a note, and a longer one is not", () => {
  const days = (from: number, to: number) =>
    of(change("aws_cloudwatch_log_group.a", ["update"], { retention_in_days: from }, { retention_in_days: to }))
      .notes.map(({ message }) => message)
      .filter((message) => message.includes("days"));

  expect(days(90, 30)).toEqual(["keeps its events for 30 days in the place of 90: older ones are deleted"]);
  expect(days(0, 365)).toEqual(["keeps its events for 365 days in the place of all: older ones are deleted"]);
  expect(days(30, 0)).toEqual([]);
});

describe("does not print a sensitive value", () => {
  const policy = (action: string) =>
    JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

  test.each([
    ["the value itself", { policy: true }],
    ["everything of the resource", true],
  ])("if %s is marked", (_, mark) => {
    const report = of(
      change(
        "aws_iam_role_policy.a",
        ["update"],
        { policy: policy("top-secret:Get") },
        { policy: policy("top-secret:*") },
        { after_sensitive: mark },
      ),
    );

    expect(lossesOf(report)).toEqual(["of unknown name: allows more than before (its policy is sensitive)"]);
  });

  test("if a name is marked", () => {
    const report = of(
      change("aws_s3_bucket.logs", ["delete"], { bucket: "top-secret" }, null, { before_sensitive: { bucket: true } }),
    );

    expect(lossesOf(report)).toEqual(["destroys (sensitive): the bucket with every object and version in it"]);
  });

  test("if ranges are marked", () => {
    const report = of(
      change(
        "aws_vpc_security_group_ingress_rule.a",
        ["create"],
        null,
        { cidr_ipv4: "0.0.0.0/0" },
        { after_sensitive: { cidr_ipv4: true } },
      ),
    );

    expect(lossesOf(report)).toEqual(["opens ranges (sensitive)"]);
  });
});

test("a protection that is known only after the apply counts as turned off", () => {
  const report = of(
    change(
      "aws_eks_cluster.a",
      ["update"],
      { deletion_protection: true, name: "a" },
      {},
      { after_unknown: { deletion_protection: true } },
    ),
  );

  expect(lossesOf(report)).toEqual(["a: turns off deletion_protection"]);
});

test("a new cluster may have administrators, and an existing one gets none unseen", () => {
  const admin = change("aws_eks_access_policy_association.a", ["create"], null, {
    principal_arn: "arn:aws:iam::1:role/a",
    policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    access_scope: [{ type: "cluster" }],
  });

  expect(rulesOf(of(admin, change("aws_eks_cluster.a", ["create"], null, {})))).toEqual([]);
  expect(rulesOf(of(admin, change("aws_eks_cluster.a", ["update"], {}, {})))).toEqual(["add-cluster-admin"]);
});

test.each([
  ["1.34", "1.35", []],
  ["1.34", "1.36", ["a skips 1.35: from 1.34 to 1.36"]],
  ["1.34", "1.33", ["a goes down from 1.34 to 1.33"]],
  ["1.34", "1.34", []],
  ["1.9", "1.10", []],
  ["1.34", "latest", ["a gets a version that is no Kubernetes version"]],
])("a control plane from %s to %s", (from, to, losses) => {
  expect(lossesOf(of(change("aws_eks_cluster.a", ["update"], { name: "a", version: from }, { version: to })))).toEqual(
    losses,
  );
});

test("a plan is stale from 5 minutes before the commit on", () => {
  const made = (timestamp: string) =>
    rulesOf(
      judge({ "a.json": plan([], { timestamp }) }, {}, { commit: { id: "a", time: "2026-11-30T10:00:00+01:00" } }),
    );

  expect(made("2026-11-30T08:55:00Z")).toEqual([]);
  expect(made("2026-11-30T08:54:59Z")).toEqual(["stale-plan"]);
  expect(made("yesterday")).toEqual(["stale-plan"]);
});

test.each([
  ["1.10.0", ">= 1.10.0", []],
  ["1.9.9", ">= 1.10.0", ["terraform-version"]],
  ["1.12.0-beta1", ">= 1.10.0", []],
  ["1.12.0", "~1.11.0", ["terraform-version"]],
  ["new", ">= 1.10.0", ["terraform-version"]],
])("Terraform %s, if %s must make plans", (version, terraform, rules) => {
  expect(rulesOf(judge({ "a.json": plan([], { terraform_version: version }) }, {}, { terraform }))).toEqual(rules);
});

test("a share counts nodes at the limit, and one more", () => {
  const group = (name: string, size: number, version: string) =>
    change(
      `aws_eks_node_group.${name}`,
      ["update"],
      { scaling_config: [{ desired_size: size }], release_version: "1" },
      { release_version: version },
    );
  const share = (rolled: number) =>
    judge(
      { "a.json": plan([group("a", rolled, "2"), group("b", 100 - rolled, "1")]) },
      { development: { max_nodes_percent: 33 } },
    );

  expect(share(33).findings).toEqual([]);
  expect(lossesOf(share(34))).toEqual(["replaces or ends 34 of 100 nodes (34 %, at most 33 %): aws_eks_node_group.a"]);
});

describe("a second policy of a role", () => {
  const policy = (resource: string) =>
    JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: resource }] });
  const second = change("aws_iam_role_policy.b", ["create"], null, { role: "web", policy: policy("*") });

  test("is compared with the others, because the role has less so far", () => {
    expect(lossesOf(of(second))).toEqual(["role web: allows s3:putobject on every resource"]);
  });

  test("is no wider if another one allows the same", () => {
    const first = change("aws_iam_role_policy.a", ["no-op"], { role: "web", policy: policy("*") }, {});

    expect(of(first, second).findings).toEqual([]);
  });

  test("is judged by itself if the role is new", () => {
    expect(of(second, change("aws_iam_role.web", ["create"], null, { name: "web" })).findings).toEqual([]);
  });
});
