import { endingOf, type JobState } from "../../../operations/ci/job-state";

const state = (results: JobState["results"], detail: string | null = null): JobState => ({
  claimed: true,
  results,
  detail,
  messages: [],
});

test.each<[string, JobState["results"], string]>([
  ["an apply that ended well is a success", { plan: "ok", guard: "ok", apply: "ok" }, "succeeded"],
  ["a failed plan is a failure", { plan: "failed" }, "failed"],
  ["a plan that the guard stopped is a failure", { plan: "ok", guard: "stopped" }, "failed"],
  ["a failed apply is a failure", { plan: "ok", guard: "ok", apply: "failed" }, "failed"],
  ["a run that died before its apply ended is inconclusive", { plan: "ok", guard: "ok" }, "inconclusive"],
  ["a run that died at once is inconclusive", {}, "inconclusive"],
])("%s", (_, results, result) => {
  expect(endingOf(state(results)).result).toBe(result);
});

test("an inconclusive end has advice", () => {
  expect(endingOf(state({})).detail).toBe(
    "the run ended before its apply did. Look at the cluster and at the lock of its state, then record what happened",
  );
});
