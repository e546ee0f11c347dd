import { requiresReviewers } from "../../fleet/rollouts/gateless";
import type { Notice } from "../model/meaning";
import type { PipelineModel } from "../model/model";
import { unpinned } from "../model/unpinned";
import { passesFailures } from "./render-job";

/** Returns the features that GitHub does not support with the repository's plan, and the steps to set it up by hand. */
export function githubNotices(model: PipelineModel): readonly Notice[] {
  const { clusters, settings } = model;
  const { hosting = "team" } = settings.own.github ?? {};
  const waiting = clusters.filter(({ approval }) => approval);
  const accounts = [...new Set(waiting.map(({ account }) => account))];
  const unnamed = [
    ...new Set(waiting.flatMap((each) => (each.environments.apply === null && !each.ownIssuer ? [each.account] : []))),
  ];
  const ofServer = [...new Set(clusters.filter(({ ownIssuer }) => ownIssuer).map(({ account }) => account))];
  const environments = [...new Set(waiting.flatMap(({ environments: { apply } }) => apply ?? []))];
  const general = (message: string): Notice => ({ part: null, pipeline: "deploy", job: null, message });
  return [
    general(
      "Set the repository variable FLEET_AWS to true after fleet bootstrap. Without it, no job asks AWS for credentials",
    ),
    general(
      `Require the check "required" and a merge queue for ${settings.branch}, so that a change is tested again with what was merged before it`,
    ),
    ...(unnamed.length === 0
      ? []
      : [
          general(
            `Deploys to ${list(unnamed)} wait for approval, but no environment is named. Set bootstrap.github[].environments.apply of the account, or pipelines.approval: false`,
          ),
        ]),
    ...(ofServer.length === 0
      ? []
      : [
          general(
            `AWS compares no environment of an Enterprise Server's tokens. In ${list(ofServer)}, no deploy waits for reviewers, and no job may destroy: clusters of protected tiers wait for fleet rollout approve, and fleet destroy runs on a terminal`,
          ),
          general(
            "Make the actions available on the Enterprise Server (GitHub Connect, or copies of them). upload-artifact and download-artifact of version 4 and later require a server that supports them",
          ),
        ]),
    ...(accounts.length > 0 && !requiresReviewers(settings.own)
      ? [
          general(
            `A private repository with the plan ${hosting} cannot require reviewers of an environment: whoever may merge to ${settings.branch} deploys. Clusters of protected tiers wait for fleet rollout approve in any case`,
          ),
        ]
      : environments.map((name) =>
          general(`Set required reviewers of the environment ${name}, and let only ${settings.branch} use it`),
        )),
    ...(settings.own.github?.code_scanning === true && hosting !== "public"
      ? [
          general(
            "Code scanning of a private repository requires GitHub Code Security: without it, the job check fails",
          ),
        ]
      : []),
    {
      part: null,
      pipeline: "bump",
      job: null,
      message:
        "Pull requests that a workflow opens with its own token start no checks. Close and open them again, or set the secret FLEET_PROPOSE_TOKEN to the token of a GitHub App",
    },
    ...model.pipelines.flatMap((pipeline) =>
      pipeline.jobs
        .filter((job) => !job.evenIfFailed && passesFailures(job, pipeline))
        .map(
          (job): Notice => ({
            part: "evenIfFailed",
            pipeline: pipeline.name,
            job: job.name,
            message: `${job.name} also runs if ${job.after.at(-1)} of its cluster failed, because a matrix waits as a whole. It plans again and is judged again`,
          }),
        ),
    ),
    ...unpinned(model),
  ];
}

function list(names: readonly string[]): string {
  return names.join(", ");
}
