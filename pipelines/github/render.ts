import type { Pipeline, PipelineModel, Trigger } from "../model/model";
import { actionPin } from "../model/pins";
import type { Files } from "../model/renderer";
import { yamlFile } from "../model/yaml-file";
import { changeGroup } from "./expressions";
import { REQUIRED, renderJob, requiredJob } from "./render-job";

type Yaml = Readonly<Record<string, unknown>>;

/** Folder in which GitHub finds workflows. */
export const WORKFLOWS = ".github/workflows";

/** Returns a workflow for each pipeline. */
export function renderGithub(model: PipelineModel): Files {
  return new Map(
    model.pipelines.map((pipeline) => [
      `${WORKFLOWS}/${pipeline.name}.yml`,
      withTags(yamlFile(pipeline.purpose, workflow(pipeline, model))),
    ]),
  );
}

function workflow(pipeline: Pipeline, { settings }: PipelineModel): Yaml {
  const ofChange = pipeline.jobs.every(({ oneAtATime }) => oneAtATime === "change");
  return {
    name: pipeline.name,
    on: Object.assign({}, ...pipeline.triggers.map((trigger) => triggerOf(trigger, settings.branch))),
    permissions: {},
    ...(ofChange && {
      concurrency: {
        group: changeGroup(pipeline.name),
        "cancel-in-progress": true,
      },
    }),
    defaults: { run: { shell: "bash" } },
    jobs: {
      ...Object.fromEntries(pipeline.jobs.map((job) => [job.name, renderJob(pipeline, job, settings)])),
      ...(ofChange && { [REQUIRED]: requiredJob(pipeline.jobs) }),
    },
  };
}

function triggerOf(trigger: Trigger, branch: string): Yaml {
  switch (trigger.on) {
    case "change":
      return { pull_request: {}, merge_group: {} };
    case "merge":
      return { push: { branches: [branch] } };
    case "schedule": {
      const { cron, timeZone } = trigger;
      return { schedule: [{ cron, ...(timeZone !== "UTC" && { timezone: timeZone }) }] };
    }
    case "manual": {
      const inputs = trigger.inputs.map(({ description, required, variable }) => [
        variable,
        { description, required, type: "string" },
      ]);
      return { workflow_dispatch: inputs.length === 0 ? {} : { inputs: Object.fromEntries(inputs) } };
    }
  }
}

/** Writes the tag behind each commit of an action, for people and for programs that update them. */
function withTags(text: string): string {
  return text.replace(/^( *(?:- )?uses: )([\w.-]+\/[\w./-]+)@([0-9a-f]{40})$/gm, (line, _before, name: string) => {
    return `${line} # ${actionPin(name).tag}`;
  });
}
