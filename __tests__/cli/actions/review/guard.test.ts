import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { change, plan } from "../../../operations/guard/support";
import { wrongInAnswer } from "../../../support/answer";
import { runFleet } from "../../../support/run-fleet";
import { type Run, scratch } from "../../../support/run-program";

const work = scratch();
const file = (name: string, content: object | string): string => {
  const path = join(work.path, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};
const TODAY = ["--today", "2026-11-30"];
const guard = (...args: string[]): Promise<Run> => runFleet(["guard", ...args, ...TODAY]);

const TAGS = { Cluster: "insiders.dev.example.com" };
const GONE = file(
  "gone.json",
  plan([change("aws_s3_bucket.logs", ["delete"], { bucket: "example-logs" }, null)], {}, TAGS),
);
const FINE = file("fine.json", plan([change("aws_eip.a", ["create"], null, {})], {}, TAGS));
const TEXT = file("main.tf", 'resource "aws_vpc" "a" {}');

beforeAll(() => mkdirSync(work.path, { recursive: true }));
afterAll(() => work.remove());

test("ends with 2 and one line for each finding", async () => {
  const { code, stderr, stdout } = await guard(GONE, FINE);
  const lines = stdout.split("\n").filter((line) => line.includes("stopped "));

  expect([code, stderr]).toEqual([2, ""]);
  expect(lines).toEqual([
    "  stopped  destroy-data aws_s3_bucket.logs: destroys example-logs: the bucket with every object and version in it. Copy the data first. To leave it in AWS, use a removed block with destroy = false. [change 2b5034873e0eae13]",
  ]);
});

test("ends with 0 if nothing is stopped", async () => {
  const { code, stdout } = await guard(FINE);

  expect([code, stdout.trimEnd().split("\n").at(-1)]).toEqual([
    0,
    "1 plan: nothing is stopped; the age of the plans is not checked (--commit)",
  ]);
});

test("ends with 1 if a file is not a plan, and judges the others", async () => {
  const { code, stderr, stdout } = await guard(TEXT, GONE);

  expect([code, stderr]).toEqual([
    1,
    `error: ${TEXT} is text, not JSON. Write it with: terraform show -json FILE.tfplan > FILE.json\n`,
  ]);
  expect(stdout).toContain("destroy-data");
});

test("prints an answer that has only what its schema describes", async () => {
  const { code, stdout } = await guard("--json", GONE, FINE);

  expect([code, wrongInAnswer("guard", stdout)]).toEqual([2, null]);
});

test("refuses a revision that does not exist, and an invalid range", async () => {
  const commit = await guard("--commit", "no-such", FINE);
  const terraform = await guard("--terraform", "new", FINE);

  expect([commit.code, commit.stderr]).toEqual([
    1,
    '--commit must be a revision of this repository, but is "no-such"\n',
  ]);
  expect([terraform.code, terraform.stderr]).toEqual([
    1,
    '--terraform must be a range of versions, such as ~1.11.0, but is "new"\n',
  ]);
});

test("stops a plan that is older than the commit", async () => {
  const old = file("old.json", plan([], { timestamp: "2020-01-01T00:00:00Z" }, TAGS));
  const { code, stdout } = await guard("--commit", "HEAD", old);

  expect([code, stdout.match(/stopped {2}(\S+)/)?.[1]]).toEqual([2, "stale-plan"]);
});

test("ends with 1 and the place of an exception that has a mistake", async () => {
  mkdirSync(join(work.path, "definitions/exceptions"), { recursive: true });
  const broken = file("definitions/exceptions/one.yaml", "rule: destroy-date\n");
  const { code, stderr, stdout } = await runFleet(["guard", FINE], { definitions: join(work.path, "definitions") });

  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(
    `${broken}:1:7 error: rule: must be a rule of fleet guard --rules, got "destroy-date". Did you mean`,
  );
});

test("refuses --cluster if the plan names another cluster", async () => {
  const { code, stderr } = await guard("--cluster", "staging.dev.example.com", FINE);

  expect([code, stderr]).toEqual([
    1,
    `--cluster names "staging.dev.example.com", but ${FINE} is a plan of insiders.dev.example.com. Leave out --cluster\n`,
  ]);
});
