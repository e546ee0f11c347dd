import type { Job, ModelCluster, Pipeline, PipelineModel, PipelineName } from "../model/model";
import { DEFAULT_IMAGE, imageReference } from "../model/pins";
import type { Files } from "../model/renderer";
import { binaryOf, setUpLines } from "../model/set-up";
import { yamlFile } from "../model/yaml-file";
import { jobBody, literal } from "./render-job";
import { OF_MERGE_REQUEST, rulesOf, WITH_ACCOUNTS } from "./rules";

type Yaml = Readonly<Record<string, unknown>>;

export const ROOT_FILE = ".gitlab-ci.yml";

/** Returns the file that a job writes for a child pipeline. */
export function childFile(pipeline: string, from: string): string {
  return `.fleet/ci/${from}/${pipeline}.gitlab-ci.yml`;
}

/** Returns the one file that GitLab reads. */
export function renderGitlab({ pipelines, settings }: PipelineModel): Files {
  const { branch } = settings;
  const root = {
    workflow: {
      auto_cancel: { on_new_commit: "interruptible" },
      rules: [
        { if: OF_MERGE_REQUEST },
        { if: `$CI_COMMIT_BRANCH == ${JSON.stringify(branch)}` },
        { if: '$CI_PIPELINE_SOURCE == "web" && $FLEET_PIPELINE == "destroy"' },
      ],
    },
    variables: inputsOf(pipelines),
    default: defaultsOf(settings),
    stages: [...new Set(pipelines.flatMap(({ jobs }) => jobs.map(({ each, name }) => stageOf(name, each))))],
    ...Object.fromEntries(pipelines.flatMap((pipeline) => jobsOf(pipeline, settings))),
  };
  const purpose = "Every pipeline of the fleet: FLEET_PIPELINE of a schedule, or of a pipeline by hand, names the one.";
  return new Map([[ROOT_FILE, yamlFile(purpose, root, "1.1")]]);
}

const CLUSTERS = "clusters";

/** Jobs for each cluster are in a child pipeline, which one job of the parent starts. */
function stageOf(name: string, each: Job["each"]): string {
  return each?.of === "cluster" ? CLUSTERS : name;
}

function inputsOf(pipelines: readonly Pipeline[]): Yaml {
  const manual = pipelines.flatMap(({ name, triggers }) =>
    triggers.flatMap((trigger) => (trigger.on === "manual" ? [{ name, inputs: trigger.inputs }] : [])),
  );
  return {
    FLEET_PIPELINE: {
      value: "",
      options: ["", ...manual.map(({ name }) => name)],
      description: "The pipeline to run",
    },
    ...Object.fromEntries(
      manual.flatMap(({ inputs, name }) =>
        inputs.map(({ description, variable }) => [variable, { value: "", description: `${name}: ${description}` }]),
      ),
    ),
  };
}

function defaultsOf({ own }: PipelineModel["settings"]): Yaml {
  const image = literal(imageReference(own.gitlab?.image ?? DEFAULT_IMAGE));
  return { image, before_script: setUpLines(binaryOf(own)), retry: 0 };
}

function jobsOf(pipeline: Pipeline, settings: PipelineModel["settings"]): [string, Yaml][] {
  const { jobs, name } = pipeline;
  const ofClusters = jobs.filter(({ each }) => each?.of === "cluster");
  const [first] = ofClusters;
  return [
    ...jobs
      .filter((job) => !ofClusters.includes(job))
      .map((job): [string, Yaml] => [`${name}:${job.name}`, parentJob(pipeline, job, settings)]),
    ...(first?.each === undefined || first.each === null
      ? []
      : [[`${name}:${CLUSTERS}`, triggerJob(pipeline, first, first.each.from, settings)] as [string, Yaml]]),
  ];
}

function parentJob(pipeline: Pipeline, job: Job, settings: PipelineModel["settings"]): Yaml {
  return {
    stage: job.name,
    needs: job.after.map((other) => ({
      job: `${pipeline.name}:${other}`,
      artifacts: job.reads.includes(other),
      // A job that runs even after a failure runs without one that was not started, too.
      ...(job.evenIfFailed && { optional: true }),
    })),
    rules: rulesOf(pipeline, job, settings.branch),
    ...(job.each !== null && { parallel: settings.shards }),
    ...(job.oneAtATime === "pipeline" && { resource_group: pipeline.name }),
    ...jobBody(job, settings),
    variables: { GIT_DEPTH: "0", ...(jobBody(job, settings)["variables"] as Yaml) },
  };
}

/** Starts the child pipeline, and ends as it ends. */
function triggerJob(pipeline: Pipeline, job: Job, from: string, { branch }: PipelineModel["settings"]): Yaml {
  return {
    stage: CLUSTERS,
    needs: [{ job: `${pipeline.name}:${from}`, artifacts: true }],
    rules: rulesOf(pipeline, job, branch),
    // The child pipeline would inherit variables of the whole file, and they would override the variables of its jobs.
    inherit: { variables: false },
    trigger: {
      include: [{ artifact: childFile(pipeline.name, from), job: `${pipeline.name}:${from}` }],
      strategy: "mirror",
    },
  };
}

/** Returns the child pipeline of the clusters that a job has chosen. A child without a job would fail. */
export function renderChild(
  { pipelines, settings }: PipelineModel,
  name: PipelineName,
  clusters: readonly ModelCluster[],
): Files {
  const jobs = pipelines.find((each) => each.name === name)?.jobs.filter(({ each }) => each?.of === "cluster") ?? [];
  const from = jobs[0]?.each?.from ?? "";
  const nothing = {
    [`${name}:nothing`]: { stage: jobs[0]?.name, script: ["echo 'No cluster is to be deployed now.'"] },
  };
  const child = {
    workflow: { rules: [{ when: "always" }] },
    default: defaultsOf(settings),
    stages: jobs.map((job) => job.name),
    ...(clusters.length === 0
      ? nothing
      : Object.fromEntries(
          clusters.flatMap((cluster) =>
            jobs.map((job) => [keyOf(name, job, cluster), childJob(name, job, jobs, cluster, settings)]),
          ),
        )),
  };
  return new Map([[childFile(name, from), yamlFile("The clusters that were chosen.", child, "1.1")]]);
}

function keyOf(pipeline: string, { name }: Job, cluster: ModelCluster): string {
  return `${pipeline}:${name} ${cluster.name}`;
}

function childJob(
  pipeline: string,
  job: Job,
  jobs: readonly Job[],
  cluster: ModelCluster,
  settings: PipelineModel["settings"],
): Yaml {
  const body = jobBody(job, settings, cluster);
  const before = jobs.filter(({ name }) => job.after.includes(name));
  return {
    stage: job.name,
    needs: before.map((other) => ({ job: keyOf(pipeline, other, cluster), artifacts: false })),
    rules: [{ if: WITH_ACCOUNTS, ...(job.approval && cluster.approval && { when: "manual" }) }],
    ...(job.approval && {
      environment: {
        name: `${cluster.account}/${cluster.name}`,
        deployment_tier: cluster.approval ? "production" : "development",
      },
    }),
    ...body,
    variables: { GIT_DEPTH: "0", ...(body["variables"] as Yaml) },
  };
}
