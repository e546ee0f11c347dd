import { readFileSync } from "node:fs";
import { explainedChecks, kindsOf, readableByCheckov } from "../../../cli/verify/checkov";

test("a copy for checkov has no block that stops its parser, and every resource", () => {
  const resource = { aws_vpc: { network: { cidr_block: "10.0.0.0/16", "//": { metadata: {} } } } };

  expect(
    readableByCheckov({
      "//": { metadata: {} },
      terraform: { required_version: ">= 1.10" },
      removed: [{ from: "aws_vpc.old" }],
      variable: { name: {} },
      resource,
    }),
  ).toEqual({ variable: { name: {} }, resource });
});

test("the first column of a table explains checks, several in a cell; other text does not", () => {
  const page = [
    "CKV_AWS_1 is only mentioned",
    "| finding | reason |",
    "| --- | --- |",
    "| CKV_AWS_24, CKV2_AWS_5: ingress | see CKV_AWS_99 |",
    "| CKV_AWS_260: another | text |",
  ].join("\n");

  expect([...explainedChecks(page)]).toEqual(["CKV_AWS_24", "CKV2_AWS_5", "CKV_AWS_260"]);
});

test("the page about security has an explanation that the command finds", () => {
  expect(explainedChecks(readFileSync("docs/security.md", "utf8")).has("CKV_AWS_158")).toBe(true);
});

const failure = (check_id: string, resource: string) => ({
  check_id,
  check_name: `name of ${check_id}`,
  file_path: "/0-a/cdk.tf.json",
  resource,
});

test("failed checks are counted by kind, the most frequent first", () => {
  const failed_checks = [failure("CKV_AWS_2", "a.b"), failure("CKV_AWS_9", "a.b"), failure("CKV_AWS_9", "a.c")];

  expect(kindsOf({ summary: { passed: 7, parsing_errors: 0 }, results: { failed_checks } })).toEqual({
    passed: 7,
    kinds: [
      {
        id: "CKV_AWS_9",
        name: "name of CKV_AWS_9",
        resources: ["/0-a/cdk.tf.json a.b", "/0-a/cdk.tf.json a.c"],
      },
      { id: "CKV_AWS_2", name: "name of CKV_AWS_2", resources: ["/0-a/cdk.tf.json a.b"] },
    ],
  });
});

test("a report that left files out is an error, not a clean scan", () => {
  expect(() => kindsOf({ summary: { passed: 7, parsing_errors: 2 }, results: { failed_checks: [] } })).toThrow(
    "checkov cannot read 2 stacks",
  );
  expect(() => kindsOf({ passed: 0, failed: 0 })).toThrow("checkov printed no report");
});
