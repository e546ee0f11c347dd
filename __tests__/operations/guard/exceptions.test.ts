import { change, exception, judge, plan, rulesOf } from "./support";

const bucket = (name: string, arn = `arn:aws:s3:::${name}`) =>
  change(`aws_s3_bucket.${name}`, ["delete"], { arn, bucket: name, id: name }, null);
const oneOf = (...changes: ReturnType<typeof bucket>[]) => ({ "a.json": plan(changes) });
const changeOf = (plans: Parameters<typeof judge>[0], index = 0) => judge(plans).findings[index]?.change ?? "";
const LOGS = oneOf(bucket("logs"));

test("an exception lets its change pass, and the report names it", () => {
  const exceptions = [exception({ change: changeOf(LOGS) })];
  const report = judge(LOGS, { exceptions });

  expect([
    report.passed,
    report.findings[0]?.exception,
    report.exceptions[0]?.status,
    report.exceptions[0]?.lets,
  ]).toEqual([true, "one", "active", 1]);
});

test("the change is the same in a plan that is created again", () => {
  const again = {
    "other.json": plan([change("aws_eip.a", ["create"], null, {}), bucket("logs")], {
      timestamp: "2026-12-01T00:00:00Z",
    }),
  };

  expect(changeOf(again)).toBe(changeOf(LOGS));
});

test.each([
  ["another object at the address", oneOf(bucket("logs", "arn:aws:s3:::other"))],
  [
    "a replacement in the place of the end",
    {
      "a.json": plan([
        change(
          "aws_s3_bucket.logs",
          ["delete", "create"],
          { arn: "arn:aws:s3:::logs", bucket: "logs", id: "logs" },
          {},
        ),
      ]),
    },
  ],
])("an exception does not let %s pass", (_, plans) => {
  const exceptions = [exception({ change: changeOf(LOGS) })];
  const report = judge(plans, { exceptions });

  expect([report.passed, report.exceptions[0]?.status, report.exceptions[0]?.change]).toEqual([
    false,
    "other-change",
    changeOf(plans),
  ]);
});

test.each([
  ["another rule", { rule: "destroy-key" as const }, "unused"],
  ["another cluster", { cluster: "b.example.com" }, "not-judged"],
  ["another address", { address: "aws_s3_bucket.log" }, "unused"],
])("an exception of %s does not count", (_, fields, status) => {
  const report = judge(LOGS, { exceptions: [exception({ change: changeOf(LOGS), ...fields })] });

  expect([report.passed, report.exceptions[0]?.status]).toEqual([false, status]);
});

test("an exception counts on its last day, and not on the day after", () => {
  const exceptions = [exception({ change: changeOf(LOGS), until: "2026-11-30" })];

  expect(judge(LOGS, { exceptions }, { today: "2026-11-30" }).passed).toBe(true);
  const after = judge(LOGS, { exceptions }, { today: "2026-12-01" });
  expect([after.passed, after.exceptions[0]?.status]).toEqual([false, "expired"]);
});

test("a pattern counts for all addresses together: one more is another change", () => {
  const two = oneOf(bucket("logs-a"), bucket("logs-b"));
  const pattern = { address: "aws_s3_bucket.logs-*" };
  const needed = judge(two, { exceptions: [exception(pattern)] }).exceptions[0]?.change ?? "";
  const exceptions = [exception({ ...pattern, change: needed })];

  expect(judge(two, { exceptions }).passed).toBe(true);
  expect(judge(oneOf(bucket("logs-b"), bucket("logs-a")), { exceptions }).passed).toBe(true);
  expect(judge(oneOf(bucket("logs-a"), bucket("logs-b"), bucket("logs-c")), { exceptions }).passed).toBe(false);
  expect(judge(oneOf(bucket("logs-a")), { exceptions }).passed).toBe(false);
});

test("an exception without a finding is unused, and is listed", () => {
  expect(judge({ "a.json": plan([]) }, { exceptions: [exception({})] }).exceptions).toEqual([
    {
      name: "one",
      file: "definitions/exceptions/one.yaml",
      rule: "destroy-data",
      cluster: "a.example.com",
      address: "aws_s3_bucket.logs",
      reason: "the logs are copied",
      who: "jane",
      until: "2026-12-15",
      status: "unused",
      lets: 0,
      change: null,
    },
  ]);
});

test("an exception of one rule does not let another finding of the address pass", () => {
  const group = change("aws_eks_node_group.a", ["delete", "create"], { arn: "x" }, {});
  const plans = { "a.json": plan([group, bucket("logs")]) };
  const report = judge(plans, { exceptions: [exception({ change: changeOf(plans) })] });

  expect([report.passed, rulesOf(report)]).toEqual([false, ["destroy-data", "replace-nodes"]]);
});

describe("an exception of a share does not let the next one of the same groups pass", () => {
  const group = (from: string, to: string) =>
    change(
      "aws_autoscaling_group.a",
      ["update"],
      { desired_capacity: 3, launch_template: [{ version: from }] },
      { launch_template: [{ version: to }], instance_refresh: [{}] },
    );
  const roll = (from: string, to: string) => ({ "a.json": plan([group(from, to)]) });
  const tier = { development: { max_nodes_percent: 33 } };
  const changeOfRoll = (plans: ReturnType<typeof roll>) => judge(plans, tier).findings[0]?.change;

  test("because the group then has another launch template", () => {
    expect(changeOfRoll(roll("1", "2"))).toBe(changeOfRoll(roll("1", "2")));
    expect(changeOfRoll(roll("2", "3"))).not.toBe(changeOfRoll(roll("1", "2")));
  });

  test("an exception of several clusters at once does not let another one pass", () => {
    const of = (version: string) =>
      Object.fromEntries(
        ["a", "b"].map((name) => [
          `${name}.json`,
          plan(
            [change("helm_release.a", ["update"], { version: "1" }, { version })],
            {},
            { Cluster: `${name}.example.com` },
          ),
        ]),
      );
    const changeOfAll = (version: string) =>
      judge(of(version), { development: { max_clusters_at_once: 1 } }).findings[0]?.change;

    expect(changeOfAll("2")).toBe(changeOfAll("2"));
    expect(changeOfAll("3")).not.toBe(changeOfAll("2"));
  });
});
