import { compareText } from "../../language/problem";
import { githubServer } from "../model/github-server";
import type { Job, ModelCluster, ModelSettings, Pipeline, PipelineModel } from "../model/model";
import type { Files } from "../model/renderer";
import { standalone } from "../model/standalone";
import { yamlFile } from "../model/yaml-file";
import { AUTOBUMP_FILE, CONFIG_FILE, JOBS_FILE, queueOf } from "./names";
import { type Item, jobBody, TIDE, type Yaml } from "./render-job";

/**
 * Jobs that are left out: Prow starts every job by itself, so a preview before an apply would not be read. The guard judges the plan of the
 * apply.
 */
export const WITHOUT: Readonly<Record<string, readonly string[]>> = { deploy: ["preview"] };

/** Returns the pipelines as Prow can run them. */
export function prowPipelines({ pipelines }: PipelineModel): readonly Pipeline[] {
  return pipelines.map((pipeline) => standalone(pipeline, WITHOUT[pipeline.name]));
}

/** Returns jobs, the parts of Prow's own configuration, and the configuration of its bumper. */
export function renderProw(model: PipelineModel): Files {
  return new Map([
    [JOBS_FILE, yamlFile("Jobs for Prow's job_config_path.", jobsOf(model), "1.1")],
    [CONFIG_FILE, yamlFile("Parts of Prow's config.yaml: merge them into yours.", configOf(model), "1.1")],
    [AUTOBUMP_FILE, yamlFile("Keeps the image of the jobs up to date.", autobumpOf(model), "1.1")],
  ]);
}

function jobsOf(model: PipelineModel): Yaml {
  const { branch, repository } = model.settings;
  const presubmits: Yaml[] = [];
  const postsubmits: Yaml[] = [];
  const periodics: Yaml[] = [];
  for (const pipeline of prowPipelines(model)) {
    for (const job of pipeline.jobs) {
      for (const item of itemsOf(job, model)) {
        const body = jobBody(pipeline, job, item, model.settings, model.clusters);
        const clone = cloneOf(model.settings.own, repository);
        const tab = testgrid(job, item, model.clusters, String(body["name"]));
        const on = new Set(pipeline.triggers.map((trigger) => trigger.on));
        if (on.has("change"))
          presubmits.push({
            ...body,
            ...clone,
            always_run: true,
            branches: [exactly(branch)],
            context: `fleet/${body["name"]}`,
          });
        if (on.has("merge")) postsubmits.push({ ...body, ...clone, ...tab, branches: [exactly(branch)] });
        for (const trigger of pipeline.triggers)
          if (trigger.on === "schedule")
            periodics.push({ ...body, ...tab, cron: trigger.cron, extra_refs: [refs(model.settings)] });
        // Nothing but a person starts it, with Prow's mkpj.
        if (!on.has("change") && !on.has("merge") && !on.has("schedule"))
          postsubmits.push({ ...body, ...clone, ...tab, always_run: false, branches: [exactly(branch)] });
      }
    }
  }
  return { presubmits: { [repository]: presubmits }, postsubmits: { [repository]: postsubmits }, periodics };
}

function itemsOf({ each }: Job, { clusters, settings }: PipelineModel): readonly Item[] {
  if (each === null) return [{}];
  if (each.of === "cluster") return clusters.map((cluster) => ({ cluster }));
  return Array.from({ length: settings.shards }, (_, index) => ({ shard: index + 1 }));
}

/** Returns a pattern that matches the branch and no other. */
function exactly(branch: string): string {
  return `^${branch.replaceAll(/[.+]/g, "\\$&")}$`;
}

function refs({ branch, own, repository }: ModelSettings): Yaml {
  const [org = "", repo = ""] = repository.split("/");
  return { org, repo, base_ref: branch, ...cloneOf(own, repository) };
}

/** Prow clones from github.com, unless a job names another address. */
function cloneOf(own: ModelSettings["own"], repository: string): Yaml {
  const { isOwn, web } = githubServer(own);
  return isOwn ? { clone_uri: `${web}/${repository}.git` } : {};
}

function testgrid({ tells }: Job, { cluster }: Item, clusters: readonly ModelCluster[], name: string): Yaml {
  const owners = cluster === undefined ? [...new Set(clusters.map(({ owner }) => owner))] : [cluster.owner];
  if (tells.length === 0) return {};
  return {
    annotations: {
      "testgrid-dashboards": owners
        .map((owner) => `fleet-${owner}`)
        .sort(compareText)
        .join(", "),
      "testgrid-tab-name": name,
      "testgrid-num-failures-to-alert": "1",
    },
  };
}

function configOf({ clusters, settings }: PipelineModel): Yaml {
  const { branch, own, repository } = settings;
  const queues = clusters.map(({ name }) => [queueOf(name), 1] as const);
  return {
    plank: { job_queue_capacities: Object.fromEntries(queues) },
    tide: {
      queries: [{ repos: [repository], includedBranches: [branch], ...TIDE }],
    },
    ...(own.messages?.slack !== undefined && {
      slack_reporter_configs: {
        [repository]: {
          job_types_to_report: ["postsubmit", "periodic"],
          job_states_to_report: ["failure", "aborted", "error"],
          channel: own.messages.slack,
        },
      },
    }),
  };
}

function autobumpOf({ settings }: PipelineModel): Yaml {
  const { own, repository } = settings;
  const [gitHubOrg = "", gitHubRepo = ""] = repository.split("/");
  const image = (own.prow?.image ?? "node").replace(/[:@].*$/, "");
  return {
    gitHubOrg,
    gitHubRepo,
    remoteName: gitHubRepo,
    headBranchName: "autobump",
    skipPullRequest: false,
    includedConfigPaths: ["prow/"],
    targetVersion: "latest",
    prefixes: [{ name: "image of the jobs", prefix: image, summarise: false, consistentImages: true }],
  };
}
