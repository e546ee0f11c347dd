import YAML from "yaml";
import { compareText } from "../../language/problem";
import { type JobMeaning, stepText } from "../model/meaning";
import type { Identity } from "../model/model";
import { type Names, shardsOf, sorted } from "../model/names";
import { readCommand } from "../model/read-command";
import type { Files } from "../model/renderer";
import { ROOT_FILE } from "./render";
import { FROM_PROJECT, OF_MERGE_REQUEST } from "./rules";
import { surprisesIn, triggerSurprises } from "./surprises";

interface Rule {
  readonly if?: string;
  readonly when?: string;
}

interface Job {
  readonly needs?: readonly { readonly job: string; readonly artifacts?: boolean }[];
  readonly rules?: readonly Rule[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly id_tokens?: object;
  readonly script?: readonly string[];
  readonly after_script?: readonly string[];
  readonly interruptible?: boolean;
  readonly resource_group?: string;
  readonly parallel?: number;
  readonly timeout?: string;
  readonly artifacts?: { readonly paths?: readonly string[]; readonly reports?: object };
  readonly inherit?: { readonly variables?: boolean };
  readonly trigger?: { readonly include: readonly { readonly artifact: string; readonly job: string }[] };
}

type File = Readonly<Record<string, unknown>>;

/** Keys of a file that are not jobs. */
const NO_JOBS = ["workflow", "variables", "default", "stages"];

/** The job that keeps a child pipeline from being empty. */
const NOTHING = "nothing";

/** Returns the meaning of the parent pipeline and of its children. */
export function readGitlab(files: Files): readonly JobMeaning[] {
  const parsed = new Map([...files].map(([path, text]) => [path, YAML.parse(text) as File]));
  const root = parsed.get(ROOT_FILE) ?? {};
  return jobsIn(root).flatMap(([key, job]) => {
    const include = job.trigger?.include[0];
    if (include === undefined) return [readJob(root, key, job, job.rules ?? [], null)];
    const child = parsed.get(include.artifact) ?? {};
    const surprises = triggerSurprises({ ...job });
    return jobsIn(child)
      .filter(([name]) => nameOf(name).job !== NOTHING)
      .map(([name, own]) => readJob(child, name, own, job.rules ?? [], nameOf(include.job).job))
      .map((read) => ({ ...read, surprises: [...read.surprises, ...surprises] }));
  });
}

function jobsIn(file: File): [string, Job][] {
  return Object.entries(file).filter(([key]) => !NO_JOBS.includes(key)) as [string, Job][];
}

/** Names are `pipeline:job`, and in a child `pipeline:job cluster`. */
function nameOf(key: string): {
  readonly pipeline: string;
  readonly job: string;
  readonly cluster: string | undefined;
} {
  const [pipeline = "", rest = ""] = key.split(":");
  const [job = "", cluster] = rest.split(" ");
  return { pipeline, job, cluster };
}

/** @param from the job of the parent that chose the clusters; null outside of a child */
function readJob(file: File, key: string, job: Job, triggers: readonly Rule[], from: string | null): JobMeaning {
  const { artifacts, id_tokens, interruptible, needs = [], rules = [], timeout = "" } = job;
  const { job: name, pipeline } = nameOf(key);
  const variables = job.variables ?? {};
  const reads = needs.filter((each) => each.artifacts === true).map((each) => nameOf(each.job).job);
  const conditions = triggers.map((rule) => rule.if ?? "");
  return {
    pipeline,
    job: name,
    triggers: conditions.map((condition) => readTrigger(condition, variables)).sort(compareText),
    steps: [...stepsOf(job.script, false), ...stepsOf(job.after_script, true)],
    variables: variablesOf(variables),
    identity: id_tokens === undefined ? "none" : ((variables["FLEET_IDENTITY"] ?? "none") as Identity),
    after: [...(from === null ? [] : [from]), ...needs.map((each) => nameOf(each.job).job)].sort(compareText),
    evenIfFailed: rules.some(({ when }) => when === "always"),
    each:
      from !== null
        ? { of: "cluster", from }
        : job.parallel === undefined
          ? null
          : { of: "shard", from: reads[0] ?? "" },
    oneAtATime: lockOf(key, job),
    cancellable: interruptible === true,
    approval: rules.some(({ when }) => when === "manual"),
    forks: conditions.some((condition) => condition.startsWith(OF_MERGE_REQUEST) && !condition.includes(FROM_PROJECT)),
    rights: artifacts?.reports === undefined ? [] : ["annotations"],
    minutes: Number(/^(\d+) minutes$/.exec(timeout)?.[1] ?? 0),
    keeps: artifacts?.paths?.[0] ?? null,
    reads: reads.sort(compareText),
    names: namesOf(file, job, nameOf(key).cluster, conditions),
    surprises: surprisesIn(file, { ...job }),
  };
}

function namesOf(file: File, job: Job, cluster: string | undefined, conditions: readonly string[]): Names {
  const { image = "" } = (file["default"] ?? {}) as { readonly image?: string };
  const branches = conditions.flatMap((each) => /\$CI_COMMIT_BRANCH == ("[^"]*")/.exec(each)?.[1] ?? []);
  const named = job.variables?.["CLUSTER_NAME"];
  return sorted({
    images: [unescaped(image)],
    shards: shardsOf(job.parallel ?? 0),
    ...(branches.length > 0 && { branch: branches.map((branch) => JSON.parse(branch) as string) }),
    ...(cluster !== undefined && { clusters: [cluster, unescaped(named ?? "")] }),
  });
}

/** GitLab reads two dollar signs as one. */
const unescaped = (text: string): string => text.replaceAll("$$", "$");

function readTrigger(condition: string, variables: Readonly<Record<string, string>>): string {
  if (condition.startsWith(OF_MERGE_REQUEST)) return "change";
  const source = /^\$CI_PIPELINE_SOURCE == "(\w+)"/.exec(condition)?.[1];
  if (source === "push") return "merge";
  if (source === "web") return ["manual", ...(variables["FLEET_INPUTS"] ?? "").split(" ").filter(Boolean)].join(" ");
  return source ?? condition;
}

function stepsOf(lines: readonly string[] = [], evenIfFailed: boolean): string[] {
  return lines.flatMap((line) => {
    const command = readCommand(line);
    if (command === undefined) return [];
    return [typeof command === "string" ? command : stepText({ ...command, evenIfFailed })];
  });
}

function variablesOf(variables: Readonly<Record<string, string>>): readonly string[] {
  const own = Object.keys(variables).filter((name) => !/^(?:FLEET|GIT|RUNNER|TERRAFORM)_/.test(name));
  const inputs = (variables["FLEET_INPUTS"] ?? "").split(" ").filter((name) => name !== "");
  return [...own, ...inputs].sort(compareText);
}

function lockOf(key: string, { interruptible, resource_group }: Job): JobMeaning["oneAtATime"] {
  const { cluster, pipeline } = nameOf(key);
  if (resource_group === undefined) return interruptible === true ? "change" : null;
  if (resource_group === pipeline) return "pipeline";
  return resource_group === `cluster-${cluster}` ? "cluster" : null;
}
