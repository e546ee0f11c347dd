import YAML from "yaml";
import { renderGithub } from "../../../pipelines/github/render";
import { type Before, holds, interpolate } from "../../support/pipelines/running/expressions";
import { modelFor } from "../../support/pipelines/sample-model";

// Conditions and values of the generated workflows, evaluated by GitHub's own evaluator with payloads as GitHub sends them.
const REPOSITORY = "example/clusters";
const MAIN = "refs/heads/main";

interface Event {
  readonly name: string;
  readonly ref: string;
  readonly payload: object;
}

const pullRequest = (head: { readonly full_name: string; readonly fork: boolean } | null): Event => ({
  name: "pull_request",
  ref: "refs/pull/7/merge",
  payload: {
    action: "synchronize",
    number: 7,
    pull_request: {
      number: 7,
      base: { ref: "main", sha: "b".repeat(40), repo: { full_name: REPOSITORY, fork: false } },
      head: { ref: "change", sha: "a".repeat(40), repo: head },
    },
    repository: { full_name: REPOSITORY },
  },
});
const EVENTS = {
  "a pull request": pullRequest({ full_name: REPOSITORY, fork: false }),
  "a pull request of a fork": pullRequest({ full_name: "mallory/clusters", fork: true }),
  // GitHub sends null if the fork is gone.
  "a pull request of a fork that was deleted": pullRequest(null),
  "a merge queue": {
    name: "merge_group",
    ref: "refs/heads/gh-readonly-queue/main/pr-7-abc",
    payload: {
      action: "checks_requested",
      merge_group: {
        ...{ head_sha: "c".repeat(40), head_ref: "refs/heads/gh-readonly-queue/main/pr-7-abc" },
        ...{ base_sha: "d".repeat(40), base_ref: MAIN },
      },
    },
  },
  "a push to main": { name: "push", ref: MAIN, payload: { ref: MAIN, forced: false } },
  "a person on another branch": { name: "workflow_dispatch", ref: "refs/heads/other", payload: { inputs: null } },
} as const satisfies Record<string, Event>;

interface Job {
  readonly if?: string;
  readonly needs?: readonly string[];
  readonly steps: readonly {
    readonly if?: string;
    readonly uses?: string;
    readonly env?: Record<string, string>;
    readonly with?: Record<string, unknown>;
  }[];
}

const workflows = renderGithub(modelFor("github", { github: { code_scanning: true } }));
const read = (name: string): { readonly concurrency: { readonly group: string }; readonly jobs: Record<string, Job> } =>
  YAML.parse(workflows.get(`.github/workflows/${name}.yml`) ?? "");

const contextsOf = ({ name, payload, ref }: Event, vars: object): Record<string, unknown> => ({
  github: { event_name: name, event: payload, ref, repository: REPOSITORY },
  inputs: {},
  vars,
  secrets: {},
});

/** Returns the jobs that run, if all of them end as given, or well. */
function jobsOf(
  workflow: string,
  event: Event,
  vars: object = { FLEET_AWS: "true" },
  ends: Record<string, Before> = {},
) {
  const results = new Map<string, Before>();
  for (const [name, job] of Object.entries(read(workflow).jobs)) {
    const before = (job.needs ?? []).map((need) => results.get(need) ?? "success");
    const state = before.includes("failure") ? "failure" : before.includes("skipped") ? "skipped" : "success";
    const needs = Object.fromEntries(
      (job.needs ?? []).map((need) => [need, { result: results.get(need), outputs: { any: "true", items: "[]" } }]),
    );
    const runs = holds(job.if, { ...contextsOf(event, vars), needs }, state);
    results.set(name, runs ? (ends[name] ?? "success") : "skipped");
  }
  return [...results].filter(([, result]) => result !== "skipped").map(([name]) => name);
}

test.each([
  ["a pull request", ["check", "review", "plan", "comment"]],
  ["a pull request of a fork", ["check", "review"]],
  ["a pull request of a fork that was deleted", ["check", "review"]],
  ["a merge queue", ["check", "review", "plan"]],
] as const)("for %s, the jobs run that may", (event, jobs) => {
  expect(jobsOf("pull-request", EVENTS[event])).toEqual(jobs);
});

test("without FLEET_AWS, a pull request is checked and gets its comment", () => {
  expect(jobsOf("pull-request", EVENTS["a pull request"], {})).toEqual(["check", "review", "comment"]);
});

test.each(["check", "review", "plan"])(
  "a pull request whose job %s fails does not pass what its branch requires",
  (job) => {
    const jobs = jobsOf("pull-request", EVENTS["a pull request"], { FLEET_AWS: "true" }, { [job]: "failure" });

    expect(jobs.slice(-2)).toEqual(["comment", "required"]);
  },
);

test("a deploy runs on the branch that is deployed, and shows its plans alone on another one", () => {
  expect(jobsOf("deploy", EVENTS["a push to main"])).toEqual(["choose", "preview", "apply"]);
  expect(jobsOf("deploy", EVENTS["a person on another branch"])).toEqual(["choose", "preview"]);
});

test("a preview that failed does not hold back the other clusters, and a list that failed does", () => {
  const vars = { FLEET_AWS: "true" };

  expect(jobsOf("deploy", EVENTS["a push to main"], vars, { preview: "failure" })).toContain("apply");
  expect(jobsOf("deploy", EVENTS["a push to main"], vars, { choose: "failure" })).toEqual(["choose"]);
});

test.each([
  ["a pull request", "HEAD^1"],
  ["a merge queue", "d".repeat(40)],
] as const)("%s is compared with the branch as it will be merged into", (event, base) => {
  const { env = {} } = read("pull-request").jobs["check"]?.steps.find((step) => step.env?.["BASE"]) ?? {};

  expect(interpolate(env["BASE"] ?? "", contextsOf(EVENTS[event], {}))).toBe(base);
});

test("a newer push ends the checks of its own pull request, and no entry of a merge queue ends another one", () => {
  const group = (event: Event): string => interpolate(read("pull-request").concurrency.group, contextsOf(event, {}));
  const other = { ...EVENTS["a merge queue"], ref: "refs/heads/gh-readonly-queue/main/pr-8-def" };

  expect(group(EVENTS["a pull request"])).toBe("pull-request-7");
  expect(group(EVENTS["a merge queue"])).not.toBe(group(other));
});

test("a job that was cancelled because it took too long does not pass what its branch requires", () => {
  const { required } = read("pull-request").jobs;
  const needs = Object.fromEntries((required?.needs ?? []).map((name) => [name, { result: "success" }]));
  const runs = (results: object): boolean =>
    holds(required?.if, { ...contextsOf(EVENTS["a pull request"], {}), needs: { ...needs, ...results } }, "success");

  expect([runs({}), runs({ comment: { result: "skipped" } }), runs({ check: { result: "cancelled" } })]).toEqual([
    false,
    false,
    true,
  ]);
});

test("the findings of the branch have the category of those of pull requests, which are compared with them", () => {
  const uploads = ["pull-request", "findings"].flatMap((name) =>
    Object.values(read(name).jobs).flatMap(({ steps }) =>
      steps.filter(({ uses }) => uses?.includes("upload-sarif")).map((step) => step.with?.["category"]),
    ),
  );

  expect(uploads).toEqual(["fleet", "fleet"]);
  expect(jobsOf("findings", EVENTS["a push to main"])).toEqual(["findings"]);
});

test("findings go to code scanning from the repository's own pull requests only", () => {
  const step = read("pull-request").jobs["check"]?.steps.find(({ uses }) => uses?.includes("upload-sarif"));
  const uploads = Object.entries(EVENTS)
    .filter(([, event]) => holds(step?.if, contextsOf(event, {}), "failure"))
    .map(([name]) => name);

  expect(uploads).toEqual(["a pull request"]);
});
