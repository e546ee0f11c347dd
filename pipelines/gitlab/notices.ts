import type { Notice } from "../model/meaning";
import type { PipelineModel, Right } from "../model/model";
import { DEFAULT_IMAGE } from "../model/pins";
import { unpinned } from "../model/unpinned";

/** The objects that a job with a right writes. */
const WRITES: Readonly<Record<Right, string>> = {
  annotations: "annotations",
  comment: "comments",
  issues: "issues",
  propose: "branches and merge requests",
};

/** Returns the features that GitLab does not support, and the steps to set up the project by hand. */
export function gitlabNotices(model: PipelineModel): readonly Notice[] {
  const { clusters, pipelines, settings } = model;
  const { image = DEFAULT_IMAGE, subscription = "free" } = settings.own.gitlab ?? {};
  const scheduled = pipelines.flatMap(({ name, triggers }) =>
    triggers.flatMap((trigger) => (trigger.on === "schedule" ? [{ name, ...trigger }] : [])),
  );
  const general = (message: string, pipeline = "deploy"): Notice => ({ part: null, pipeline, job: null, message });
  return [
    general("Set the variable FLEET_AWS to true after fleet bootstrap. Without it, no job asks AWS for credentials"),
    ...scheduled.map(
      ({ cron, name, timeZone }): Notice => ({
        part: "triggers",
        pipeline: name,
        job: null,
        message: `GitLab keeps schedules outside of the file. Create one for ${settings.branch} with the cron ${JSON.stringify(cron)}, the time zone ${timeZone} and the variable FLEET_PIPELINE=${name}`,
      }),
    ),
    // A trigger by hand names its variables at the job that requires them.
    ...pipelines.flatMap(({ jobs, name, triggers }) =>
      triggers.some((trigger) => trigger.on === "manual" && trigger.inputs.length > 0) && jobs.length > 1
        ? [
            {
              part: "triggers",
              pipeline: name,
              job: jobs.at(-1)?.name ?? null,
              message: `Start ${name} with its variables filled in`,
            } as const,
          ]
        : [],
    ),
    ...pipelines.flatMap(({ jobs, name }) =>
      jobs
        .filter(({ rights }) => rights.some((right) => right !== "annotations"))
        .map(
          (job): Notice => ({
            part: "rights",
            pipeline: name,
            job: job.name,
            message: `GitLab's job token cannot write ${job.rights.map((right) => WRITES[right]).join(" and ")}. Create a project access token with the scope api and the role Developer, and set it as the masked variable FLEET_CI_TOKEN`,
          }),
        ),
    ),
    general(
      "Resource groups start jobs in any order by default. Set the order for each cluster: PUT /projects/:id/resource_groups/cluster-<name> with process_mode=oldest_first. The claim of a cluster refuses an older commit in any case",
    ),
    general(
      "GitLab gives protected variables to every job of a protected branch, and others to every job. Mask and protect FLEET_SLACK_TOKEN, FLEET_SLACK_WEBHOOK and FLEET_WEBHOOK_URL. Mask FLEET_CI_TOKEN, and do not protect it: jobs of merge requests comment with it",
    ),
    ...(subscription === "free"
      ? [
          general(
            `Without Premium, an apply waits as a manual job, which everyone who may merge to ${settings.branch} can start: there are no protected environments, and code owners are not enforced`,
          ),
          general(
            "Without Premium there are no merge trains. Require pipelines to succeed and the merge method with a semi-linear history, so that a change is tested again with what was merged before it",
            "pull-request",
          ),
        ]
      : [
          general(
            `Protect the environments ${[...new Set(clusters.filter(({ approval }) => approval).map(({ account }) => `${account}/*`))].join(", ")}, and enable merge trains`,
          ),
        ]),
    ...(image === DEFAULT_IMAGE
      ? [
          general(
            `${DEFAULT_IMAGE} has no AWS CLI, which plans and applies of the stack addons call. Set gitlab.image to an image with Node 20, Git, unzip, curl and the AWS CLI`,
          ),
        ]
      : []),
    ...unpinned(model),
  ];
}
