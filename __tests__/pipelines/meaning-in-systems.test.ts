import type { PipelineSettings } from "../../fleet/model/cluster";
import type { CiSystem } from "../../fleet/schema/pipelines";
import { differences, meaningOf } from "../../pipelines/model/meaning";
import type { Files } from "../../pipelines/model/renderer";
import { RENDERERS } from "../../pipelines/systems";
import { modelFor } from "../support/pipelines/sample-model";

const SYSTEMS = Object.keys(RENDERERS) as CiSystem[];

/** Everything that a system runs: the generated files, and those that jobs write for a cluster that requires approval. */
function everyFile(
  system: CiSystem,
  settings: Partial<PipelineSettings> = {},
): { readonly files: Files; readonly model: ReturnType<typeof modelFor> } {
  const schedules = { drift: { cron: "0 5 * * 1-5", time_zone: "Europe/Brussels" } };
  const model = modelFor(system, { schedules, ...settings });
  const renderer = RENDERERS[system];
  const atRunTime = model.pipelines
    .filter(({ jobs }) => jobs.some(({ each }) => each?.of === "cluster"))
    .flatMap(({ name }) => [...(renderer?.atRunTime?.(model, name, model.clusters) ?? [])]);
  return { model, files: new Map([...(renderer?.render(model) ?? []), ...atRunTime]) };
}

/** Settings that change what is around the commands of jobs, and nothing of what they do. */
const SETTINGS: Readonly<Record<string, Partial<PipelineSettings>>> = {
  defaults: {},
  OpenTofu: { terraform_binary_name: "tofu" },
  "code scanning": { github: { code_scanning: true } },
  "an Enterprise Server": { github: { api: "https://github.example.com/api/v3" } },
  "another branch, other images and addresses": {
    branch: "release/v1.x",
    shards: 3,
    gitlab: { image: `registry.example.com:5000/node@sha256:${"a".repeat(64)}` },
    concourse: {
      image: `registry.example.com:5000/node@sha256:${"a".repeat(64)}`,
      pull_request_resource: "registry.example.com/pulls:v1",
      repository_uri: "git@git.example.com:clusters.git",
    },
    prow: { image: `registry.example.com:5000/node:20@sha256:${"a".repeat(64)}`, build_cluster: "builds" },
  },
  messages: { messages: { slack: "#fleet", webhook: true } },
  "an incoming webhook of Slack": { messages: { slack: "#fleet" }, concourse: { slack_webhook: true } },
};

test.each(SYSTEMS.flatMap((system) => Object.keys(SETTINGS).map((name) => [system, name] as const)))(
  "%s does what the model says, apart from what it reports, with %s",
  (system, name) => {
    const { files, model } = everyFile(system, SETTINGS[name]);
    const renderer = RENDERERS[system];

    expect(differences(meaningOf(model), renderer?.read(files) ?? [], renderer?.notices(model))).toEqual([]);
  },
);

test.each(SYSTEMS)("%s reports no part that it can express", (system) => {
  const { files, model } = everyFile(system);
  const renderer = RENDERERS[system];
  const notices = renderer?.notices(model) ?? [];
  const found = renderer?.read(files) ?? [];
  const needless = notices.filter(
    (notice) =>
      notice.part !== null &&
      differences(
        meaningOf(model),
        found,
        notices.filter((other) => other !== notice),
      ).length === 0,
  );

  expect(needless).toEqual([]);
});

test.each(SYSTEMS)("%s writes the same text for the same model", (system) => {
  expect(everyFile(system).files).toEqual(everyFile(system).files);
});
