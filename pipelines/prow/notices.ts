import { type Lost, noticesOf } from "../model/lost-parts";
import type { Notice } from "../model/meaning";
import type { PipelineModel } from "../model/model";
import { DEFAULT_IMAGE } from "../model/pins";
import { unpinned } from "../model/unpinned";
import { prowPipelines } from "./render";

/** Clusters whose jobs fit uncompressed into a ConfigMap: the jobs of one cluster are 12 KiB. */
const MOST_UNCOMPRESSED = 80;

/** Returns the features that Prow does not support, and the steps to set it up by hand. */
export function prowNotices(model: PipelineModel): readonly Notice[] {
  const { clusters, settings } = model;
  const general = (message: string, pipeline = "deploy"): Notice => ({ part: null, pipeline, job: null, message });
  const unnamed = [...new Set(clusters.flatMap((each) => (each.serviceAccounts === undefined ? [each.account] : [])))];
  return [
    ...noticesOf(model, prowPipelines(model), lost),
    general(
      "Merge prow/config.yaml into Prow's own configuration, and add prow/jobs.yaml to its job_config_path. job_queue_name is refused without its capacity",
    ),
    general(
      "Create the secrets fleet-ci-token (key token) and fleet-messages (keys slack-token, slack-webhook, webhook-url) in the namespace of the pods",
    ),
    general(
      "Prow schedules only in UTC, and starts a job for every cluster at each merge. The claim of a cluster decides by its own windows and their zones, and ends the job if it is not the cluster's turn",
    ),
    ...(clusters.length > MOST_UNCOMPRESSED
      ? [
          general(
            `prow/jobs.yaml has the jobs of ${clusters.length} clusters, and a ConfigMap at most 1 MiB. Let the config-updater compress it: gzip: true under config_updater.maps`,
          ),
        ]
      : []),
    ...(unnamed.length === 0
      ? []
      : [
          general(
            `Accounts ${unnamed.join(", ")} name no service accounts, so the jobs use fleet-plan, fleet-apply and fleet-destroy. Set bootstrap.prow of the account, and run fleet bootstrap`,
          ),
        ]),
    ...((settings.own.prow?.image ?? DEFAULT_IMAGE) === DEFAULT_IMAGE
      ? [
          general(
            `${DEFAULT_IMAGE} has no AWS CLI, which plans and applies of the stack addons call. Set prow.image to an image with Node 20, Git, unzip, curl and the AWS CLI`,
          ),
        ]
      : []),
    ...unpinned(model),
  ];
}

const EARLIER = "Prow starts every job by itself";

/** Describes the parts of a job that Prow does not support. */
const lost: Lost = (part, { job, original, pipeline }) => {
  const zones = pipeline.triggers.flatMap((trigger) =>
    trigger.on === "schedule" && trigger.timeZone !== "UTC" ? [trigger.timeZone] : [],
  );
  switch (part) {
    case "after":
      return job.after.length > 0 ? `${EARLIER}: ${job.name} does not wait for ${job.after.join(" and ")}` : undefined;
    case "evenIfFailed":
      return job.evenIfFailed ? `${EARLIER}, even if other jobs failed` : undefined;
    case "each":
      return job.each === null ? undefined : `Prow has one job in the file for each ${job.each.of}`;
    case "approval":
      return job.approval
        ? "Prow has no gate before a job. The claim of a cluster waits for fleet rollout approve if its tier is protected, or if approval of its wave is true in rollouts.yaml"
        : undefined;
    case "forks":
      return !job.forks && pipeline.triggers.some(({ on }) => on === "change")
        ? "Prow runs it for a fork too, once a member has commented /ok-to-test. Read the change before"
        : undefined;
    case "rights":
      return original.rights.length > 0
        ? "The token of the secret fleet-ci-token decides what the job may write. Give it no more than issues, comments and pull requests of this repository"
        : undefined;
    case "triggers": {
      const manual = pipeline.triggers.some(({ on }) => on === "manual");
      if (zones.length > 0)
        return `Prow schedules in UTC only: it starts at that time of UTC, and not of ${zones.join(", ")}`;
      return manual
        ? "A person starts it by a ProwJob of their own: mkpj --job <name> writes one, with empty variables to fill in"
        : undefined;
    }
    default:
      return undefined;
  }
};
