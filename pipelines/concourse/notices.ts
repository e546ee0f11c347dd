import { type Lost, noticesOf } from "../model/lost-parts";
import type { Notice } from "../model/meaning";
import type { PipelineModel } from "../model/model";
import { DEFAULT_IMAGE } from "../model/pins";
import { unpinned } from "../model/unpinned";
import { FILE, PIPELINE } from "./names";
import { asksForMore, concoursePipelines } from "./render";
import { scheduleName } from "./render-job";

/** Returns the features that Concourse does not support, and the steps to set it up by hand. */
export function concourseNotices(model: PipelineModel): readonly Notice[] {
  const { settings } = model;
  const general = (message: string, pipeline = "deploy"): Notice => ({ part: null, pipeline, job: null, message });
  return [
    ...noticesOf(model, concoursePipelines(model), lost),
    general(`Set the mother pipeline once: fly set-pipeline -p ${PIPELINE.fleet} -c ${FILE.fleet}. It sets all others`),
    general(
      "Put two tokens into the credential manager of the team: fleet-read-token, which reads the repository and its pull requests, and fleet-ci-token, which writes comments, issues, statuses and pull requests. The code of every pull request can read fleet-read-token, those of forks too: it must be able to do nothing else",
    ),
    general(
      `Require the statuses fleet/check and fleet/review for ${settings.branch}. Changes of forks have no others`,
      "pull-request",
    ),
    ...(messageSecrets(settings.own).length === 0
      ? []
      : [general(`Put ${messageSecrets(settings.own).join(" and ")} into the credential manager of the team`)]),
    ...(settings.own.concourse?.repository_uri?.startsWith("git@") === true
      ? [general("Put a deploy key that reads the repository into the credential manager as fleet-repository-key")]
      : []),
    general(
      `Name the pipelines ${PIPELINE.changes}, ${PIPELINE.upkeep} and ${PIPELINE.cluster} in bootstrap.concourse of each account. The tokens of jobs require Concourse 7.14 or newer`,
    ),
    general(
      "The pipeline of a cluster is removed with its definition, and with it the job that destroys the cluster. Destroy the cluster first",
      "destroy",
    ),
    general(
      "Concourse has no merge queue. Require branches to be up to date before they are merged, so that a change is tested again with what was merged before it",
      "pull-request",
    ),
    ...((settings.own.concourse?.image ?? DEFAULT_IMAGE) === DEFAULT_IMAGE
      ? [
          general(
            `${DEFAULT_IMAGE} has no AWS CLI, which plans and applies of the stack addons call. Set concourse.image to an image with Node 20, Git, unzip, curl and the AWS CLI`,
          ),
        ]
      : []),
    ...unpinned(model),
  ];
}

/** Variables that messages require: a build fails without one of them. */
function messageSecrets({ concourse, messages }: PipelineModel["settings"]["own"]): readonly string[] {
  const slack = concourse?.slack_webhook === true ? "fleet-slack-webhook" : "fleet-slack-token";
  return [
    ...(messages?.slack === undefined ? [] : [slack]),
    ...(messages?.webhook === true ? ["fleet-webhook-url"] : []),
  ];
}

/** Describes the parts of a job that Concourse does not support. */
const lost: Lost = (part, { job, original, pipeline }) => {
  switch (part) {
    case "job":
      return asksForMore(pipeline)
        ? "Concourse does not prompt for variables. Promote from a terminal: fleet promote <channel or cluster> <release> --pull-request"
        : undefined;
    case "each":
      return job.each === null ? undefined : `Concourse has one job in the files for each ${job.each.of}`;
    case "keeps":
      return job.keeps === null ? undefined : "Concourse keeps no files of a job: its log has the results";
    case "rights":
      return original.rights.length > 0
        ? "The token fleet-ci-token decides what the job may write. Give it no more than issues, comments and pull requests of this repository"
        : undefined;
    case "evenIfFailed":
      return job.evenIfFailed ? `${job.name} starts by itself, even if other jobs failed` : undefined;
    case "oneAtATime":
    case "cancellable":
      return original.cancellable ? "Concourse does not end a check of an older commit" : undefined;
    case "triggers": {
      const unsaid = pipeline.triggers.filter(
        (trigger) => trigger.on === "schedule" && scheduleName(trigger) === undefined,
      );
      if (unsaid.length > 0)
        return "Concourse's time resource has intervals and days of the week only. Start the job by hand, or choose another schedule";
      const asks = pipeline.triggers.some((trigger) => trigger.on === "manual" && trigger.inputs.length > 0);
      return asks ? "Concourse does not prompt for variables: the job is in the pipeline of each cluster" : undefined;
    }
    default:
      return undefined;
  }
};
