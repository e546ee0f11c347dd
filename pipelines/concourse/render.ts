import { compareText } from "../../language/problem";
import { githubServer } from "../model/github-server";
import type { Job, ModelCluster, ModelSettings, Pipeline, PipelineModel } from "../model/model";
import { DEFAULT_PULL_REQUEST_RESOURCE } from "../model/pins";
import type { Files } from "../model/renderer";
import { standalone } from "../model/standalone";
import { yamlFile } from "../model/yaml-file";
import { FILE, PIPELINE } from "./names";
import {
  CHANGES,
  CHANGES_OF_MEMBERS,
  IDENTITY_SOURCE,
  type Item,
  imageResource,
  REPOSITORY,
  renderJob,
  STATUSES,
  scheduleName,
  type Yaml,
} from "./render-job";
import { timeSource } from "./schedules";

/** Returns the pipelines as Concourse can run them. */
export function concoursePipelines({ pipelines }: PipelineModel): readonly Pipeline[] {
  return pipelines.map((pipeline) => {
    const own = standalone(pipeline, asksForMore(pipeline) ? pipeline.jobs.map(({ name }) => name) : []);
    // Two resources find pull requests, with forks and without, and no job waits for one of the other resource.
    if (own.name !== "pull-request") return own;
    return { ...own, jobs: own.jobs.map((job) => ({ ...job, after: [] })) };
  });
}

/** True if the pipeline requires inputs besides the cluster. Concourse has no inputs, but each cluster has its own pipeline. */
export function asksForMore({ triggers }: Pipeline): boolean {
  return triggers.some(
    (trigger) => trigger.on === "manual" && trigger.inputs.some(({ variable }) => variable !== "CLUSTER_NAME"),
  );
}

/**
 * Returns the mother pipeline, which sets one pipeline for each owner, which sets one for each of the owner's clusters; beside them
 * one for pull requests, and one for what runs on schedules.
 */
export function renderConcourse(model: PipelineModel): Files {
  const { clusters, settings } = model;
  const pipelines = concoursePipelines(model);
  const of = (names: readonly string[]): readonly Pipeline[] => pipelines.filter(({ name }) => names.includes(name));
  const ofClusters = pipelines.filter(({ jobs }) => jobs.some(({ each }) => each?.of === "cluster"));
  const owners = [...new Set(clusters.map(({ owner }) => owner))].sort(compareText);
  const upkeep = pipelines.filter((pipeline) => pipeline.name !== "pull-request" && !ofClusters.includes(pipeline));
  return new Map([
    [
      FILE.fleet,
      yamlFile("Sets every other pipeline. Set it once by hand: fly set-pipeline.", mother(owners, settings), "1.1"),
    ],
    [FILE.changes, yamlFile("Pull requests.", pipelineOf(of(["pull-request"]), model), "1.1")],
    [
      FILE.upkeep,
      yamlFile("What runs on schedules, or by hand for the whole fleet.", pipelineOf(upkeep, model), "1.1"),
    ],
    ...owners.map((owner): [string, string] => {
      const own = clusters.filter((cluster) => cluster.owner === owner);
      return [
        FILE.owner(owner),
        yamlFile(
          "Sets the pipelines of an owner's clusters.",
          setter("set-clusters", own.map(ofCluster), settings),
          "1.1",
        ),
      ];
    }),
    ...clusters.map((cluster): [string, string] => [
      FILE.cluster(cluster.name),
      yamlFile("Deploys one cluster.", pipelineOf(ofClusters, model, cluster), "1.1"),
    ]),
  ]);
}

/** Every pipeline that a job has set before and does not set any more is archived by Concourse, so each build sets all of them. */
function setter(name: string, steps: readonly Yaml[], settings: ModelSettings): Yaml {
  return {
    resources: [repositoryOf(settings)],
    jobs: [{ name, serial: true, plan: [{ get: REPOSITORY, trigger: true }, ...steps] }],
  };
}

function mother(owners: readonly string[], settings: ModelSettings): Yaml {
  const steps = [
    { set_pipeline: "self", file: `${REPOSITORY}/${FILE.fleet}` },
    { set_pipeline: PIPELINE.changes, file: `${REPOSITORY}/${FILE.changes}` },
    { set_pipeline: PIPELINE.upkeep, file: `${REPOSITORY}/${FILE.upkeep}` },
    ...owners.map((owner) => ({
      set_pipeline: PIPELINE.owner,
      file: `${REPOSITORY}/${FILE.owner(owner)}`,
      instance_vars: { owner },
    })),
  ];
  return setter("set-pipelines", steps, settings);
}

function ofCluster({ name }: ModelCluster): Yaml {
  return {
    set_pipeline: PIPELINE.cluster,
    file: `${REPOSITORY}/${FILE.cluster(name)}`,
    instance_vars: { cluster: name },
  };
}

function pipelineOf(pipelines: readonly Pipeline[], { settings }: PipelineModel, cluster?: ModelCluster): Yaml {
  const placed = pipelines.flatMap((pipeline) =>
    pipeline.jobs.flatMap((job) =>
      itemsOf(job, settings, cluster).map((item) => ({ job, body: renderJob(pipeline, job, item, settings) })),
    ),
  );
  const ofChange = pipelines.some(({ triggers }) => triggers.some(({ on }) => on === "change"));
  const schedules = pipelines.flatMap(({ triggers }) =>
    triggers.flatMap((trigger) => {
      const name = scheduleName(trigger);
      if (name === undefined || trigger.on !== "schedule") return [];
      return [{ name, type: "time", source: timeSource(trigger.cron, trigger.timeZone) }];
    }),
  );
  return {
    ...(ofChange && { resource_types: [pullRequestType(settings)] }),
    ...(placed.some(({ job }) => job.identity !== "none") && { var_sources: [IDENTITY_SOURCE] }),
    resources: [...(ofChange ? changesOf(settings) : [repositoryOf(settings)]), ...schedules],
    jobs: placed.map(({ body }) => body),
  };
}

function itemsOf({ each }: Job, { shards }: ModelSettings, cluster: ModelCluster | undefined): readonly Item[] {
  if (each?.of === "shard") return Array.from({ length: shards }, (_, index) => ({ shard: index + 1 }));
  return [cluster === undefined ? {} : { cluster }];
}

function repositoryOf({ branch, own, repository }: ModelSettings): Yaml {
  const uri = own.concourse?.repository_uri ?? `${githubServer(own).web}/${repository}.git`;
  const reads = uri.startsWith("https://")
    ? { username: "x-access-token", password: READ_TOKEN }
    : { private_key: "((fleet-repository-key))" };
  return { name: REPOSITORY, type: "git", source: { uri, branch, fetch_tags: true, ...reads } };
}

const PULL_REQUEST = "pull-request";

function pullRequestType({ own }: ModelSettings): Yaml {
  return {
    name: PULL_REQUEST,
    ...imageResource(own.concourse?.pull_request_resource ?? DEFAULT_PULL_REQUEST_RESOURCE),
  };
}

/** The resource leaves this token in the checkout, where the code of every pull request can read it. */
const READ_TOKEN = "((fleet-read-token))";

/** Returns the resources of pull requests. Jobs with credentials or tokens do not run for forks. */
function changesOf({ branch, own, repository }: ModelSettings): Yaml[] {
  const { api, graphql, isOwn } = githubServer(own);
  const at = { repository, ...(isOwn && { v3_endpoint: api, v4_endpoint: graphql }) };
  const source = { ...at, base_branch: branch, access_token: READ_TOKEN };
  return [
    { name: CHANGES, type: PULL_REQUEST, check_every: "2m", source },
    { name: CHANGES_OF_MEMBERS, type: PULL_REQUEST, check_every: "2m", source: { ...source, disable_forks: true } },
    { name: STATUSES, type: PULL_REQUEST, check_every: "never", source: { ...at, access_token: "((fleet-ci-token))" } },
  ];
}
