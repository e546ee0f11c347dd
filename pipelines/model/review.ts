import type { PipelineSettings } from "../../fleet/model/cluster";
import type { CiSystem } from "../../fleet/schema/pipelines";
import { job, step } from "./jobs";
import { folderOf, type Pipeline } from "./model";

/** The pipeline for pull requests. None of its jobs can change an account. */
export const PULL_REQUEST: Pipeline = {
  name: "pull-request",
  purpose: "Checks a change, and shows what it would do. No job can change an account.",
  triggers: [{ on: "change" }],
  jobs: [
    job({
      name: "check",
      purpose: "Checks every definition, and tests the program unless only definitions changed.",
      steps: [step("validate", "BASE"), step("test", "BASE")],
      forks: true,
      cancellable: true,
      oneAtATime: "change",
      rights: ["annotations"],
      keeps: folderOf("check"),
      minutes: 30,
    }),
    job({
      name: "review",
      purpose: "Shows what changes, and applies it to a simulated cloud. It needs no credentials.",
      steps: [step("diff", "BASE"), step("affected", "BASE"), step("rehearse", "BASE")],
      forks: true,
      cancellable: true,
      oneAtATime: "change",
      minutes: 30,
      keeps: folderOf("review"),
    }),
    job({
      name: "plan",
      purpose:
        "Plans the affected stacks, and judges the plans. The plans stay in the job, because they contain secrets.",
      identity: "plan",
      steps: [step("plan", "BASE", "SHARD"), step("guard", "SHARD")],
      after: ["check", "review"],
      each: { of: "shard", from: "review" },
      cancellable: true,
      oneAtATime: "change",
      reachesClusters: true,
      minutes: 60,
      reads: ["review"],
      keeps: folderOf("plan"),
    }),
    job({
      name: "comment",
      purpose: "Writes the results to one comment, and updates it.",
      steps: [step("comment", "CHANGE")],
      after: ["review", "plan"],
      evenIfFailed: true,
      cancellable: true,
      oneAtATime: "change",
      rights: ["comment"],
      minutes: 10,
      reads: ["review", "plan"],
    }),
  ],
};

/** The findings of the branch, with which those of a pull request are compared. */
export const FINDINGS: Pipeline = {
  name: "findings",
  purpose: "Keeps the findings of the branch, so that a pull request shows only those that it adds or fixes.",
  triggers: [{ on: "merge" }],
  jobs: [
    job({
      name: "findings",
      purpose: "Checks every definition, and reports what it finds without failing.",
      steps: [step("findings")],
      rights: ["annotations"],
      keeps: folderOf("findings"),
    }),
  ],
};

/** True if the system compares the findings of a change with those of its branch: GitHub's code scanning, and GitLab's code quality. */
export function comparesFindings({ github }: PipelineSettings, system: CiSystem): boolean {
  return system === "gitlab" || (system === "github" && github?.code_scanning === true);
}
