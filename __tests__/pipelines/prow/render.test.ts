import { spawnSync } from "node:child_process";
import YAML from "yaml";
import type { ModelCluster } from "../../../pipelines/model/model";
import { renderProw } from "../../../pipelines/prow/render";
import { prowErrors } from "../../support/pipelines/prow-checks";
import { modelFor } from "../../support/pipelines/sample-model";

const model = modelFor("prow", { messages: { slack: "fleet" }, branch: "release-1.x" });
const files = renderProw(model);
const textOf = (file: string): string => files.get(`prow/${file}.yaml`) ?? "";

interface Job {
  readonly name: string;
  readonly branches?: readonly string[];
  readonly error_on_eviction?: boolean;
  readonly job_queue_name?: string;
  readonly always_run?: boolean;
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly containers: readonly { readonly args: readonly string[] }[];
  };
}

const jobs = YAML.parse(textOf("jobs")) as {
  readonly presubmits: Record<string, readonly Job[]>;
  readonly postsubmits: Record<string, readonly Job[]>;
  readonly periodics: readonly Job[];
};
const presubmits = Object.values(jobs.presubmits).flat();
const others = [...Object.values(jobs.postsubmits).flat(), ...jobs.periodics];

test("Prow accepts the jobs together with its configuration", () => {
  expect(prowErrors(textOf("jobs"), textOf("config"))).toEqual([]);
});

test("all jobs that change a cluster share one queue, and start no second pod after an eviction", () => {
  const changing = others.filter(({ spec }) => /fleet ci (?:apply|destroy)$/m.test(spec.containers[0]?.args[0] ?? ""));

  expect(changing.length).toBeGreaterThan(2);
  expect(
    changing.filter(({ error_on_eviction, job_queue_name }) => !error_on_eviction || job_queue_name === undefined),
  ).toEqual([]);
});

test("no job of a pull request can assume the role that applies", () => {
  const accounts = presubmits.flatMap(({ spec }) => spec.serviceAccountName ?? []);

  expect([...new Set(accounts)]).toEqual(["fleet-plan"]);
});

test("a job runs for the branch and no other", () => {
  const [pattern = ""] = presubmits[0]?.branches ?? [];

  expect([new RegExp(pattern).test("release-1.x"), new RegExp(pattern).test("release-1ax")]).toEqual([true, false]);
});

test("nothing but a person starts the job that destroys", () => {
  expect(others.filter(({ name }) => name.startsWith("destroy.")).map(({ always_run }) => always_run)).toEqual([false]);
});

test("each of many clusters has a queue", () => {
  const clusters = Array.from({ length: 50 }, (_, index) => ({
    ...(model.clusters[0] as ModelCluster),
    name: `c${index}.example.com`,
  }));
  const many = renderProw({ ...model, clusters });

  expect(prowErrors(many.get("prow/jobs.yaml") ?? "", many.get("prow/config.yaml") ?? "")).toEqual([]);
});

test("a batch, in which Tide tests several pull requests and which has no number, gets past the variables of its script", () => {
  const comment = presubmits.find(({ name }) => name.endsWith(".comment"))?.spec.containers[0]?.args[0] ?? "";
  const until = comment.indexOf("curl ");
  const env = { PATH: process.env["PATH"], PULL_BASE_SHA: "abc" };
  const { status, stdout } = spawnSync("/bin/sh", ["-c", `${comment.slice(0, until)}trap - EXIT; echo "<$CHANGE>"`], {
    encoding: "utf8",
    env,
  });

  expect([status, stdout]).toEqual([0, "<>\n"]);
});
