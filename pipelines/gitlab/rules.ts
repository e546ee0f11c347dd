import type { Job, Pipeline, Trigger } from "../model/model";

/** Conditions of GitLab. Names and branches in them are strict words, or variables. */
export const OF_MERGE_REQUEST = '$CI_PIPELINE_SOURCE == "merge_request_event"';
// Pipelines of a fork's merge requests run in the fork, whose path CI_PROJECT_PATH then is.
export const FROM_PROJECT = "$CI_MERGE_REQUEST_SOURCE_PROJECT_PATH == $CI_MERGE_REQUEST_PROJECT_PATH";
export const WITH_ACCOUNTS = '$FLEET_AWS == "true"';

/** Returns the condition that a pipeline was started for a trigger. */
export function triggerRule({ name }: Pipeline, { on }: Trigger, branch: string): string {
  const onBranch = `$CI_COMMIT_BRANCH == ${JSON.stringify(branch)}`;
  const named = `$FLEET_PIPELINE == ${JSON.stringify(name)}`;
  switch (on) {
    case "change":
      return OF_MERGE_REQUEST;
    case "merge":
      return `$CI_PIPELINE_SOURCE == "push" && ${onBranch}`;
    case "schedule":
      return `$CI_PIPELINE_SOURCE == "schedule" && ${named} && ${onBranch}`;
    case "manual":
      // AWS compares the branch of destroy with another one.
      return `$CI_PIPELINE_SOURCE == "web" && ${named}${name === "destroy" ? "" : ` && ${onBranch}`}`;
  }
}

/** Returns the rules of a job of the parent pipeline. */
export function rulesOf(pipeline: Pipeline, job: Job, branch: string): readonly object[] {
  return pipeline.triggers.map((trigger) => ({
    if: [
      triggerRule(pipeline, trigger, branch),
      ...(trigger.on === "change" && !job.forks ? [FROM_PROJECT] : []),
      ...(job.identity === "none" ? [] : [WITH_ACCOUNTS]),
    ].join(" && "),
    ...(job.evenIfFailed && { when: "always" }),
  }));
}
