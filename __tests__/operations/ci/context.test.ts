import { contextOf, required, shardOf } from "../../../operations/ci/context";

const GITHUB = {
  GITHUB_ACTIONS: "true",
  GITHUB_REPOSITORY: "example/clusters",
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_RUN_ID: "7",
  GITHUB_RUN_ATTEMPT: "2",
  GITHUB_API_URL: "https://api.github.com",
  GITHUB_SHA: "abc",
};

test("two attempts of a run on GitHub are two runners", () => {
  const { runUrl, runner, system } = contextOf(GITHUB);

  expect([system, runUrl, runner]).toEqual([
    "github",
    "https://github.com/example/clusters/actions/runs/7",
    "https://github.com/example/clusters/actions/runs/7/attempts/2",
  ]);
});

test("a job of GitLab is named by its address", () => {
  const job = "https://gitlab.com/example/clusters/-/jobs/9";
  const { api, repository, runner } = contextOf({
    GITLAB_CI: "true",
    CI_JOB_URL: job,
    CI_PROJECT_PATH: "example/clusters",
    CI_API_V4_URL: "https://gitlab.com/api/v4",
  });

  expect([runner, repository, api]).toEqual([job, "example/clusters", "https://gitlab.com/api/v4"]);
});

test("a merge request without a merged result is compared with the commit that it started from", () => {
  const start = { GITLAB_CI: "true", CI_MERGE_REQUEST_DIFF_BASE_SHA: "start" };

  expect(contextOf({ ...start, BASE: "" }).variable("BASE")).toBe("start");
  expect(contextOf({ ...start, BASE: "target" }).variable("BASE")).toBe("target");
});

test("an empty variable counts as not set, and names itself if it is required", () => {
  expect(() => required(contextOf({ CLUSTER_NAME: "" }), "CLUSTER_NAME")).toThrow(
    "the variable CLUSTER_NAME is not set",
  );
});

test("refuses an identity that no pipeline has", () => {
  expect(() => contextOf({ FLEET_IDENTITY: "admin" })).toThrow(
    "FLEET_IDENTITY must be one of none, plan, apply, destroy",
  );
});

test.each(["0", "-1", "1; rm -rf /", "1.5"])("refuses %j as the number of a shard", (SHARD) => {
  expect(() => shardOf(contextOf({ SHARD }))).toThrow("SHARD must be a number from 1 on");
});
