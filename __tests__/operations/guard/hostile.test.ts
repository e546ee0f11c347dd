import { readPlan } from "../../../operations/plans/plan-file";
import { cases } from "../../support/jest/cases";
import { change, type Json, judge, plan, rulesOf } from "./support";

const WEIRD: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  "",
  "text",
  [],
  [[]],
  {},
  [null],
  { a: [] },
  [{ "": null }],
  "\u001b[31m\u202e",
];
const TYPES = [
  "aws_eks_cluster",
  "aws_eks_node_group",
  "aws_autoscaling_group",
  "aws_launch_template",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_security_group",
  "aws_security_group_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_network_acl",
  "aws_eks_access_policy_association",
  "aws_eks_access_entry",
  "kubernetes_cluster_role_binding",
  "helm_release",
  "aws_eks_addon",
  "aws_cloudwatch_log_group",
  "aws_kms_key",
];
const KEYS = [
  "policy",
  "assume_role_policy",
  "inline_policy",
  "vpc_config",
  "scaling_config",
  "cidr_ipv4",
  "cidr_blocks",
  "ingress",
  "version",
  "values",
  "access_scope",
  "role_ref",
  "tags_all",
  "name",
  "id",
  "retention_in_days",
  "instance_refresh",
];

test("values of any kind in any place end in a report", () => {
  for (const weird of WEIRD) {
    const value = Object.fromEntries(KEYS.map((key) => [key, weird]));
    const entries = TYPES.flatMap((type) =>
      [["update"], ["delete"], ["delete", "create"], ["create"], ["forget"]].flatMap((actions, index) =>
        [
          [value, weird],
          [weird, value],
          [value, value],
        ].map(([before, after], which) =>
          change(`${type}.a${index}${which}`, actions, before, after, {
            after_unknown: weird,
            before_sensitive: weird,
            after_sensitive: weird,
            action_reason: weird,
            deposed: weird,
            previous_address: weird,
          }),
        ),
      ),
    );
    const hostile = plan(entries, {
      resource_drift: entries,
      checks: weird,
      deferred_changes: weird,
      configuration: weird,
      timestamp: weird,
      terraform_version: weird,
    });

    expect(judge({ "a.json": hostile }).passed).toBe(false);
  }
});

const DEEP = 20_000;

test("a value of 20,000 levels ends in a report", () => {
  const deep = JSON.parse("[".repeat(DEEP) + "]".repeat(DEEP));
  const values = Object.fromEntries(KEYS.map((key) => [key, deep]));
  const entries = TYPES.map((type) =>
    change(`${type}.a`, ["update"], values, {}, { after_unknown: deep, after_sensitive: deep }),
  );
  const text = `{"format_version":"1.2","resource_changes":[],"x":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`;

  expect(readPlan(Buffer.from(text)).changes).toEqual([]);
  expect(judge({ "a.json": plan(entries) }).version).toBe(1);
});

/** Enough to notice a time that grows with the square of the changes. */
const CHANGES = cases({ all: 50_000, quick: 1_000 });

test(`a plan of ${CHANGES} changes is judged within 15 s of a processor`, () => {
  const entries = Array.from({ length: CHANGES }, (_, index) =>
    change(
      `aws_vpc_security_group_ingress_rule.a[${index}]`,
      ["update"],
      {
        cidr_ipv4: "10.0.0.0/16",
        security_group_id: `sg-${index % 100}`,
        ip_protocol: "tcp",
        from_port: 0,
        to_port: 65535,
      },
      {
        cidr_ipv4: "10.0.0.0/16",
        security_group_id: `sg-${index % 100}`,
        ip_protocol: "tcp",
        from_port: index,
        to_port: index,
      },
    ),
  );
  const started = process.cpuUsage();

  expect(judge({ "a.json": plan(entries) }).passed).toBe(true);
  expect(process.cpuUsage(started).user).toBeLessThan(15_000_000);
});

test("a policy of 3,000 actions and 3,000 resources is judged within 15 s of a processor", () => {
  const words = (start: string) => Array.from({ length: 3000 }, (_, index) => `${start}${index}*`);
  const policy = (start: string) =>
    JSON.stringify({
      Statement: [{ Effect: "Allow", Action: words(`s3:Get${start}`), Resource: words(`arn:aws:s3:::${start}`) }],
    });
  const started = process.cpuUsage();
  judge({
    "a.json": plan([change("aws_iam_role_policy.a", ["update"], { policy: policy("a") }, { policy: policy("b") })]),
  });

  expect(process.cpuUsage(started).user).toBeLessThan(15_000_000);
});

test("names that every object has are no rules, tiers or reasons", () => {
  const names = ["constructor", "__proto__", "toString", "hasOwnProperty"];
  const entries = names.flatMap((name) => [
    change(`${name}.a`, ["update"], { [name]: 1 }, { [name]: 2 }),
    change(`aws_vpc.${name}`, ["delete"], {}, null, { action_reason: name }),
  ]);
  const tagged = Object.fromEntries(
    names.map((name) => [`${name}.json`, plan(entries, {}, { Tier: name, Cluster: name })]),
  );
  const report = judge(tagged);

  expect(rulesOf(report).filter((rule) => rule === "destroy-network")).toHaveLength(16);
});

test("messages contain no character that a terminal obeys", () => {
  const evil = "\u001b[2J\u202eevil\nstopped  nothing";
  const entries = [change(`aws_s3_bucket.a["${evil}"]`, ["delete"], { bucket: evil }, null)];
  const report: Json = judge({ "a.json": plan(entries) });

  expect(JSON.stringify(report).replaceAll(/\\\\u[0-9a-f]{4}/g, "")).not.toMatch(/\\u001b|\\n|\u202e/);
});
