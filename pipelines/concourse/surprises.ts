import { different, others, type Yaml } from "../model/surprises";
import { FILE } from "./names";
import { IDENTITY_SOURCE, REPOSITORY, STATUS, STATUSES } from "./render-job";

/** Keys that generated pipelines have. */
const KEYS = {
  pipeline: ["jobs", "resource_types", "resources", "var_sources"],
  job: ["disable_manual_trigger", "name", "plan", "serial", "serial_groups", ...Object.keys(STATUS)],
  get: ["get", "passed", "resource", "trigger", "version"],
  task: ["config", "tags", "task", "timeout"],
  config: ["image_resource", "inputs", "params", "platform", "run"],
  source: ["access_token", "base_branch", "disable_forks", "repository", "v3_endpoint", "v4_endpoint"],
} as const;

/** Variables of the credential manager that a task may get, by the variable that it gets them in. */
const SECRETS: Readonly<Record<string, string>> = {
  FLEET_ID_TOKEN: "((aws:token))",
  FLEET_CI_TOKEN: "((fleet-ci-token))",
  FLEET_SLACK_TOKEN: "((fleet-slack-token))",
  FLEET_SLACK_WEBHOOK: "((fleet-slack-webhook))",
  FLEET_WEBHOOK_URL: "((fleet-webhook-url))",
};

/** Describes unexpected keys in a job or around it: keys that no generated pipeline has. */
export function surprisesIn(pipeline: object, job: object): readonly string[] {
  const { plan = [], ...rest } = job as { readonly plan?: readonly Yaml[] } & Yaml;
  const { resources = [], var_sources: sources } = pipeline as { readonly resources?: readonly Yaml[] } & Yaml;
  const ofChange = rest["disable_manual_trigger"] === true;
  return [
    ...others("pipeline", pipeline, KEYS.pipeline),
    ...(sources === undefined ? [] : different("var_sources", sources, [IDENTITY_SOURCE])),
    ...resources.flatMap(resourceSurprises),
    ...others("job", rest, KEYS.job),
    ...plan.flatMap((step) => ("get" in step ? getSurprises(step, ofChange) : taskSurprises(step))),
    ...Object.keys(STATUS).flatMap((hook) => hookSurprises(hook, rest[hook], ofChange)),
  ];
}

/** An instance is set from the file of its cluster or owner, in the same team. */
export function setSurprises(step: Yaml): string[] {
  const { cluster, owner } = (step["instance_vars"] ?? {}) as Readonly<Record<string, string>>;
  const path = cluster === undefined ? owner && FILE.owner(owner) : FILE.cluster(cluster);
  return [
    ...others("set_pipeline", step, ["file", "instance_vars", "set_pipeline"]),
    ...(path === undefined ? [] : different("file", step["file"], `${REPOSITORY}/${path}`)),
  ];
}

/** The token of a resource is in the checkout of every change. The one that writes statuses checks nothing out. */
function resourceSurprises({ name, source, type }: Yaml): string[] {
  if (type !== "pull-request") return [];
  const { access_token: token } = source as Yaml;
  const expected = name === STATUSES ? "((fleet-ci-token))" : "((fleet-read-token))";
  return [...others(`resource ${name}`, source, KEYS.source), ...different(`token of ${name}`, token, expected)];
}

/** Of several changes that were pushed since the last check, Concourse would take the latest one only. */
function getSurprises(step: Yaml, ofChange: boolean): string[] {
  return [...others("get", step, KEYS.get), ...different("version", step["version"], ofChange ? "every" : undefined)];
}

function taskSurprises(step: Yaml): string[] {
  const config = (step["config"] ?? {}) as Yaml;
  const { args: _, ...run } = (config["run"] ?? {}) as Yaml;
  const params = (config["params"] ?? {}) as Readonly<Record<string, string>>;
  return [
    ...others("task", step, KEYS.task),
    ...others("config", config, KEYS.config),
    ...different("inputs", config["inputs"], [{ name: REPOSITORY }]),
    ...different("run", run, { dir: REPOSITORY, path: "/bin/sh" }),
    ...Object.entries(params)
      .filter(([name, value]) => value.includes("((") && SECRETS[name] !== value)
      .map(([name, value]) => `${name} is ${value}`),
  ];
}

/** Only jobs of changes show how they ended, and all of them do. */
function hookSurprises(hook: string, found: unknown, ofChange: boolean): string[] {
  if (found === undefined || !ofChange) return different(hook, found, ofChange ? {} : undefined);
  const { params, put, ...rest } = found as Yaml;
  const { status } = (params ?? {}) as Yaml;
  return [
    ...different(`put of ${hook}`, put, STATUSES),
    ...different(`status of ${hook}`, status, STATUS[hook as keyof typeof STATUS]),
    ...others(hook, rest, ["get_params"]),
  ];
}
