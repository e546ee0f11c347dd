import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import YAML from "yaml";
import { scratch } from "../support/run-program";

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
}

const { jobs } = YAML.parse(readFileSync(".github/workflows/pull-request.yml", "utf8")) as {
  jobs: { test: { steps: readonly Step[] } };
};
const steps = jobs.test.steps;
const condition = steps.find(({ id }) => id === "changed")?.run ?? "";

const work = scratch();
afterAll(() => work.remove());

const git = (...args: string[]) =>
  execFileSync("git", ["-C", work.path, "-c", "user.name=test", "-c", "user.email=test@example.com", ...args]);

beforeAll(() => {
  git("init", "--quiet");
  git("commit", "--quiet", "--allow-empty", "-m", "base");
  git("tag", "base");
});

/** Returns what the workflow's step writes for a pull request that changes some files. */
function outputOf(changed: readonly string[]): string {
  git("checkout", "--quiet", "--detach", "base");
  for (const file of changed) {
    mkdirSync(dirname(join(work.path, file)), { recursive: true });
    writeFileSync(join(work.path, file), "changed\n");
  }
  git("add", ".");
  git("commit", "--quiet", "-m", "head");
  const output = join(work.path, ".git/output");
  writeFileSync(output, "");
  execFileSync("bash", ["-e", "-c", condition], { cwd: work.path, env: { ...process.env, GITHUB_OUTPUT: output } });
  return readFileSync(output, "utf8");
}

test.each([
  "definitions/accounts/sandbox.yaml",
  "definitions/channels.yaml",
  "definitions/clusters/search/search.dev.example.com.yaml",
  "definitions/schema/names.schema.json",
  "definitions/tiers/trial.yaml",
])("a pull request that only changes %s needs no tests of the program", (file) => {
  expect(outputOf([file])).toBe("only=definitions\n");
});

test.each([
  "definitions/defaults.yaml",
  "definitions/releases/2026.11.yaml",
  "definitions/regions.yaml",
  "fleet/load.ts",
  "README.md",
])("a pull request that changes %s beside a cluster runs all tests", (file) => {
  expect(outputOf(["definitions/clusters/a.example.com.yaml", file])).toBe("");
});

test("each pull request runs either the tests or the check of definitions", () => {
  expect(steps.filter(({ run = "" }) => run.startsWith("make ")).map(({ if: when, run }) => [when, run])).toEqual([
    ["steps.changed.outputs.only == 'definitions'", "make check-definitions BASE=HEAD^1"],
    ["steps.changed.outputs.only != 'definitions'", "make test"],
  ]);
});
