import { AWS_AUDIENCE } from "../../fleet/accounts/federations";
import { githubServer } from "../model/github-server";
import type { Job, ModelCluster, ModelSettings, Pipeline, Trigger, Variable } from "../model/model";
import { DEFAULT_IMAGE, imagePin } from "../model/pins";
import { scriptOf } from "../model/script";
import { binaryOf, binaryVariable, setUpLines } from "../model/set-up";
import { concourseName } from "./names";
import { timeSource } from "./schedules";

export type Yaml = Readonly<Record<string, unknown>>;

/** Name of the folder with the repository in every task. */
export const REPOSITORY = "repository";
export const CHANGES = "changes";
export const CHANGES_OF_MEMBERS = "changes-of-members";
export const STATUSES = "statuses";

/** The source of the tokens of jobs. A token names its job, so that a role can trust some jobs only. */
export const IDENTITY_SOURCE = {
  name: "aws",
  type: "idtoken",
  config: { audience: [AWS_AUDIENCE], subject_scope: "job", expires_in: "4h" },
};

/** Fields of the pull request resource that contain the job's variables. */
export const VALUES: Readonly<Partial<Record<Variable, string>>> = {
  BASE: "$(cat .git/resource/base_sha)",
  CHANGE: "$(cat .git/resource/pr)",
};

/** A task cannot read the number of its build. */
export const RUNNER = "concourse-$(cat /proc/sys/kernel/random/uuid)";

/** A job of Concourse is for one item, or for the whole fleet. */
export interface Item {
  readonly cluster?: ModelCluster;
  readonly shard?: number;
}

/** Returns a job of a pipeline. */
export function renderJob(pipeline: Pipeline, job: Job, item: Item, settings: ModelSettings): Yaml {
  const ofChange = pipeline.triggers.some(({ on }) => on === "change");
  return {
    name: concourseName(pipeline.name, job.name, job.identity, item.shard),
    ...(job.oneAtATime === "pipeline" && { serial: true }),
    ...(job.oneAtATime === "cluster" && { serial_groups: ["cluster"] }),
    ...(ofChange && { disable_manual_trigger: true }),
    plan: [...inputsOf(pipeline, job, item), taskOf(job, item, settings)],
    ...(ofChange && statusesOf(job, item)),
  };
}

function inputsOf(pipeline: Pipeline, job: Job, { cluster }: Item): Yaml[] {
  if (pipeline.triggers.some(({ on }) => on === "change"))
    return [{ get: REPOSITORY, resource: job.forks ? CHANGES : CHANGES_OF_MEMBERS, trigger: true, version: "every" }];
  const earlier = pipeline.jobs.filter(({ name }) => job.after.includes(name));
  const passed = earlier.map((other) => concourseName(pipeline.name, other.name, other.identity));
  const waits = job.approval && (cluster?.approval ?? true);
  const follows = passed.length > 0 && { passed };
  return [
    { get: REPOSITORY, ...follows, trigger: !waits && pipeline.triggers.some(({ on }) => on === "merge") },
    ...pipeline.triggers.flatMap((trigger) => {
      const name = scheduleName(trigger);
      return name === undefined ? [] : [{ get: name, ...follows, trigger: !waits }];
    }),
  ];
}

/** Status of a finished job at the pull request, so that its branch can require the job. */
export const STATUS = { on_success: "SUCCESS", on_failure: "FAILURE", on_error: "ERROR", on_abort: "ERROR" } as const;

/** Steps that show how a job ended. They run none of the change's code, so that they may have a token that writes. */
function statusesOf({ name }: Job, { shard }: Item): Yaml {
  const context = shard === undefined ? name : `${name}.${shard}`;
  return Object.fromEntries(
    Object.entries(STATUS).map(([hook, status]) => [
      hook,
      {
        put: STATUSES,
        params: { path: REPOSITORY, base_context: "fleet", context, status },
        get_params: { skip_download: true },
      },
    ]),
  );
}

/** Returns the name of the resource of a schedule; undefined if there is none. */
export function scheduleName(trigger: Trigger): string | undefined {
  if (trigger.on !== "schedule" || timeSource(trigger.cron, trigger.timeZone) === undefined) return undefined;
  return `schedule-${trigger.schedule}`;
}

function taskOf(job: Job, item: Item, settings: ModelSettings): Yaml {
  const { cluster_tags, image = DEFAULT_IMAGE, tags } = settings.own.concourse ?? {};
  const used = job.steps.flatMap(({ variables }) => variables);
  const values = Object.entries(VALUES).filter(([name]) => used.includes(name as Variable));
  const reaching = item.cluster?.runner === undefined ? (cluster_tags ?? tags) : [item.cluster.runner];
  const workers = job.reachesClusters ? reaching : tags;
  return {
    task: job.name,
    timeout: `${job.minutes}m`,
    ...(workers !== undefined && workers.length > 0 && { tags: workers }),
    config: {
      platform: "linux",
      image_resource: imageResource(image),
      inputs: [{ name: REPOSITORY }],
      params: paramsOf(job, item, settings),
      run: {
        dir: REPOSITORY,
        path: "/bin/sh",
        args: [
          "-c",
          scriptOf(job.steps, {
            values: { ...Object.fromEntries(values), FLEET_RUNNER: RUNNER },
            setUp: setUpLines(binaryOf(settings.own)),
          }),
        ],
      },
    },
  };
}

/** Returns an image as a resource, with its digest if it is set. */
export function imageResource(image: string): Yaml {
  const { fixed, name } = imagePin(image);
  const colon = name.lastIndexOf(":");
  const hasTag = colon > name.lastIndexOf("/");
  return {
    type: "registry-image",
    source: { repository: hasTag ? name.slice(0, colon) : name, ...(hasTag && { tag: name.slice(colon + 1) }) },
    ...(fixed !== null && { version: { digest: fixed } }),
  };
}

/** Concourse refuses a variable that its credential manager does not have, so a task gets one of the two. */
function slackSecret({ own }: ModelSettings): Yaml {
  return own.concourse?.slack_webhook === true
    ? { FLEET_SLACK_WEBHOOK: "((fleet-slack-webhook))" }
    : { FLEET_SLACK_TOKEN: "((fleet-slack-token))" };
}

function paramsOf({ identity, rights, steps }: Job, { cluster, shard }: Item, settings: ModelSettings): Yaml {
  const { messages } = settings.own;
  const used = [...new Set(steps.flatMap(({ variables }) => variables))];
  const inputs = used.filter((name) => VALUES[name] === undefined && name !== "SHARD" && name !== "CLUSTER_NAME");
  const tells = steps.some(({ stage }) => stage === "tell");
  return {
    FLEET_CI_SYSTEM: "concourse",
    ...binaryVariable(settings.own),
    FLEET_REPOSITORY: settings.repository,
    FLEET_API: githubServer(settings.own).api,
    ...(identity !== "none" && { FLEET_IDENTITY: identity, FLEET_AWS: "true", FLEET_ID_TOKEN: "((aws:token))" }),
    ...(cluster !== undefined && { CLUSTER_NAME: cluster.name }),
    ...(shard !== undefined && { SHARD: String(shard) }),
    ...Object.fromEntries(inputs.map((name) => [name, ""])),
    ...(rights.some((right) => right !== "annotations") && { FLEET_CI_TOKEN: "((fleet-ci-token))" }),
    ...(tells && messages?.slack !== undefined && slackSecret(settings)),
    ...(tells && messages?.webhook === true && { FLEET_WEBHOOK_URL: "((fleet-webhook-url))" }),
  };
}
