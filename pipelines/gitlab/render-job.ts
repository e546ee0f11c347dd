import { type Job, type ModelCluster, type ModelSettings, VARIABLES, type Variable } from "../model/model";
import { FLEET_CI } from "../model/read-command";
import { binaryVariable } from "../model/set-up";
import { hasCommand } from "../model/stage";

type Yaml = Readonly<Record<string, unknown>>;

/** Minutes of a job's time that its last steps have for themselves: they record how a deploy ended that took too long. */
const MINUTES_AFTER = 8;

/** Audience of the tokens, as fleet bootstrap sets it by default. */
const AUDIENCE = "sts.amazonaws.com";

/** Expression for the value of each variable. `fleet ci` sets the base of a merge request without a merged result. */
export const VARIABLE_VALUES: Readonly<Partial<Record<Variable, string>>> = {
  BASE: "$CI_MERGE_REQUEST_TARGET_BRANCH_SHA",
  CHANGE: "$CI_MERGE_REQUEST_IID",
  SHARD: "$CI_NODE_INDEX",
};

/** Returns the part of a job that is the same in the parent pipeline and in a child. */
export function jobBody(job: Job, settings: ModelSettings, cluster?: ModelCluster): Yaml {
  const lines = job.steps
    .filter(({ stage }) => hasCommand(stage))
    .map(({ evenIfFailed, stage, words }) => ({ evenIfFailed, line: [FLEET_CI, stage, ...words].join(" ") }));
  const after = lines.flatMap(({ evenIfFailed, line }) => (evenIfFailed ? [line] : []));
  const tags = tagsOf(job, settings, cluster);
  return {
    ...(tags.length > 0 && { tags }),
    timeout: `${job.minutes} minutes`,
    interruptible: job.cancellable,
    ...(job.oneAtATime === "cluster" && cluster !== undefined && { resource_group: `cluster-${cluster.name}` }),
    variables: {
      ...binaryVariable(settings.own),
      ...(after.length > 0 && { RUNNER_SCRIPT_TIMEOUT: `${job.minutes - MINUTES_AFTER}m` }),
      ...variablesOf(job, cluster),
    },
    ...(job.identity !== "none" && { id_tokens: { FLEET_ID_TOKEN: { aud: AUDIENCE } } }),
    script: lines.flatMap(({ evenIfFailed, line }) => (evenIfFailed ? [] : [line])),
    // GitLab runs it after every result, if there is time left, and ignores its result.
    ...(after.length > 0 && { after_script: after }),
    ...(job.keeps !== null && { artifacts: artifactsOf(job, job.keeps) }),
  };
}

function variablesOf({ identity, steps }: Job, cluster: ModelCluster | undefined): Yaml {
  const used = VARIABLES.filter((name) => steps.some(({ variables }) => variables.includes(name)));
  const inputs = used.filter((name) => VARIABLE_VALUES[name] === undefined && (name !== "CLUSTER_NAME" || !cluster));
  return {
    ...(identity !== "none" && { FLEET_IDENTITY: identity }),
    ...Object.fromEntries(used.flatMap((name) => (VARIABLE_VALUES[name] ? [[name, VARIABLE_VALUES[name]]] : []))),
    ...(cluster !== undefined && { CLUSTER_NAME: literal(cluster.name) }),
    ...(inputs.length > 0 && { FLEET_INPUTS: inputs.join(" ") }),
  };
}

/** Returns text in which GitLab expands no variable. */
export function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
}

function tagsOf(
  { reachesClusters }: Job,
  { own }: ModelSettings,
  cluster: ModelCluster | undefined,
): readonly string[] {
  const { cluster_tags, tags = [] } = own.gitlab ?? {};
  if (!reachesClusters) return tags;
  return cluster?.runner === undefined ? (cluster_tags ?? tags) : [cluster.runner];
}

function artifactsOf({ rights }: Job, keeps: string): Yaml {
  return {
    when: "always",
    access: "developer",
    expire_in: "14 days",
    paths: [keeps],
    ...(rights.includes("annotations") && { reports: { codequality: `${keeps}/code-quality.json` } }),
  };
}
