import { differences, type JobMeaning, meaningOf } from "../../../pipelines/model/meaning";
import { modelFor } from "../../support/pipelines/sample-model";

const meaning = meaningOf(modelFor("github"));
const changed = (job: string, change: Partial<JobMeaning>): JobMeaning[] =>
  meaning.map((each) => (`${each.pipeline}/${each.job}` === job ? { ...each, ...change } : each));

test("a model is equal to itself", () => {
  expect(differences(meaning, meaning)).toEqual([]);
});

test.each<[string, JobMeaning[], string]>([
  ["a job is missing", meaning.slice(1), "pull-request/check is missing"],
  [
    "there is another job",
    [...meaning, { ...meaning[0], job: "own" } as JobMeaning],
    "pull-request/own is not in the model",
  ],
  [
    "an identity differs",
    changed("pull-request/plan", { identity: "apply" }),
    'pull-request/plan: identity must be "plan", but is "apply"',
  ],
  [
    "a guard is gone",
    changed("deploy/preview", { steps: ["plan"] }),
    'deploy/preview: steps must be ["plan","guard","tell, even after a failure"], but is ["plan"]',
  ],
])("reports that %s", (_, found, line) => {
  expect(differences(meaning, found)).toEqual([line]);
});

test("a notice excuses the named part of the named job only", () => {
  const found = changed("deploy/apply", { approval: false, identity: "plan" });
  const notice = { part: "approval", pipeline: "deploy", job: "apply", message: "" } as const;

  expect(differences(meaning, found, [notice])).toEqual(['deploy/apply: identity must be "apply", but is "plan"']);
  expect(differences(meaning, found, [{ ...notice, job: "preview" }])).toHaveLength(2);
});
