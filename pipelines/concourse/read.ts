import YAML from "yaml";
import { compareText } from "../../language/problem";
import { type JobMeaning, stepText } from "../model/meaning";
import { mergeCopies } from "../model/merge-copies";
import type { Identity } from "../model/model";
import { joined, type Names, sorted } from "../model/names";
import type { Files } from "../model/renderer";
import { readScript } from "../model/script";
import { setUpLinesIn } from "../model/set-up";
import type { Yaml } from "../model/surprises";
import { FILE, partsOf } from "./names";
import { RUNNER, VALUES } from "./render-job";
import { cronOf, type TimeSource } from "./schedules";
import { setSurprises, surprisesIn } from "./surprises";

interface Resource {
  readonly name: string;
  readonly type: string;
  readonly source: Readonly<Record<string, unknown>>;
}

interface Image {
  readonly source: Readonly<Record<string, string>>;
  readonly version?: { readonly digest: string };
}

interface Get {
  readonly get: string;
  readonly resource?: string;
  readonly trigger?: boolean;
  readonly passed?: readonly string[];
}

interface Task {
  readonly task: string;
  readonly timeout?: string;
  readonly config: {
    readonly image_resource?: Image;
    readonly params?: Readonly<Record<string, string>>;
    readonly run: { readonly args: readonly string[] };
  };
}

interface Job {
  readonly name: string;
  readonly serial?: boolean;
  readonly serial_groups?: readonly string[];
  readonly disable_manual_trigger?: boolean;
  readonly plan: readonly (Get | Task | object)[];
}

interface File {
  readonly resources?: readonly Resource[];
  readonly resource_types?: readonly Image[];
  readonly jobs?: readonly Job[];
}

/** Returns the meaning of every job of the pipelines, apart from those that only set pipelines. */
export function readConcourse(files: Files): readonly JobMeaning[] {
  const parsed = [...files].map(([path, text]) => ({ path, file: YAML.parse(text) as File }));
  const setters = parsed.map(({ file }) => file).filter(({ jobs = [] }) => jobs.some(({ plan }) => plan.some(isSet)));
  const sources = setters.flatMap(({ resources = [] }) => resources.map(({ source }) => source));
  const set = { address: sources.map(({ uri }) => String(uri)), branch: sources.map(({ branch }) => String(branch)) };
  const surprises = setters.flatMap(({ jobs = [] }) =>
    jobs.flatMap(({ plan }) => plan.filter(isSet).flatMap(setSurprises)),
  );
  const jobs = parsed.flatMap(({ file, path }) => (file.jobs ?? []).flatMap((job) => readJob(job, file, path) ?? []));
  return mergeCopies(jobs).map((job) => ({
    ...job,
    // Jobs run from what the setting pipelines read.
    names: joined(job.names, set),
    surprises: [...job.surprises, ...surprises],
  }));
}

const isSet = (step: object): step is Yaml => "set_pipeline" in step;
const isGet = (step: object): step is Get => "get" in step;
const isTask = (step: object): step is Task => "task" in step;

function readJob(job: Job, file: File, path: string): JobMeaning | undefined {
  const parts = partsOf(job.name);
  const task = job.plan.find(isTask);
  if (parts === undefined || task === undefined) return undefined;
  const gets = job.plan.filter(isGet);
  const params = task.config.params ?? {};
  const script = task.config.run.args[1] ?? "";
  const { steps, surprises, variables } = readScript(script, {
    values: { ...VALUES, FLEET_RUNNER: RUNNER },
    setUp: setUpLinesIn(script),
    last: [],
  });
  const inputs = Object.keys(params).filter((name) => !/^(?:FLEET|TERRAFORM)_/.test(name));
  const identity = (params["FLEET_IDENTITY"] ?? "none") as Identity;
  // A job waits for another job only if all of its inputs must have passed that job.
  const passed = [...new Set(gets.flatMap((get) => get.passed ?? []))].filter((name) =>
    gets.every((get) => get.passed?.includes(name)),
  );
  const changes = gets.map((get) => resourceOf(get, file)).filter((resource) => resource?.type === "pull-request");
  return {
    pipeline: parts.pipeline,
    job: parts.job,
    triggers: triggersOf(job, file),
    steps: steps.map(stepText),
    variables: [...new Set([...variables, ...inputs])].sort(compareText),
    // The trust policies compare the name of the job.
    identity: params["FLEET_ID_TOKEN"] !== undefined && job.name.startsWith(`${identity}-`) ? identity : "none",
    after: passed.map((name) => partsOf(name)?.job ?? name).sort(compareText),
    evenIfFailed: false,
    each:
      parts.shard !== undefined
        ? { of: "shard", from: "" }
        : params["CLUSTER_NAME"] !== undefined
          ? { of: "cluster", from: "" }
          : null,
    oneAtATime: job.serial_groups?.includes("cluster") ? "cluster" : job.serial === true ? "pipeline" : null,
    cancellable: false,
    approval: (identity === "apply" || identity === "destroy") && gets.every(({ trigger }) => trigger !== true),
    forks: changes.some((resource) => resource?.source["disable_forks"] !== true),
    rights: [],
    minutes: Number(/^(\d+)m$/.exec(task.timeout ?? "")?.[1] ?? 0),
    keeps: null,
    reads: [],
    names: namesOf(job, task, file, path),
    surprises: [...surprises, ...surprisesIn(file, job)],
  };
}

function namesOf({ name, plan }: Job, { config }: Task, file: File, path: string): Names {
  const { params = {} } = config;
  const { CLUSTER_NAME: cluster, SHARD: shard } = params;
  const sources = (file.resources ?? []).map(({ source }) => source);
  const valuesOf = (key: string): string[] => sources.flatMap((source) => (key in source ? [String(source[key])] : []));
  const isGit = plan.filter(isGet).some((get) => resourceOf(get, file)?.type === "git");
  const inName = partsOf(name)?.shard;
  return sorted({
    repository: [params["FLEET_REPOSITORY"] ?? "", ...valuesOf("repository")],
    ...(isGit && { address: valuesOf("uri") }),
    api: [params["FLEET_API"] ?? "", ...valuesOf("v3_endpoint")],
    branch: [...valuesOf("branch"), ...valuesOf("base_branch")],
    images: [config.image_resource, ...(file.resource_types ?? [])].map(imageText),
    clusters:
      cluster === undefined || path === FILE.cluster(cluster) ? [cluster ?? []].flat() : [`${cluster} in ${path}`],
    shards: shard === inName ? [shard ?? []].flat() : [`${shard} in ${name}`],
  });
}

/** Returns the reference of an image. */
function imageText(image?: Image): string {
  const { repository = "", tag } = image?.source ?? {};
  const digest = image?.version?.digest;
  return `${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}

function resourceOf({ get, resource = get }: Get, { resources = [] }: File): Resource | undefined {
  return resources.find(({ name }) => name === resource);
}

/** Returns the triggers of a job: new versions of its own inputs, the triggers of the jobs that it waits for, and people. */
function triggersOf(job: Job, file: File): readonly string[] {
  const gets = job.plan.filter(isGet);
  const own = gets.flatMap((get) => {
    const resource = resourceOf(get, file);
    if (resource === undefined || get.trigger !== true || get.passed !== undefined) return [];
    if (resource.type === "time") {
      const source = resource.source as unknown as TimeSource;
      return [`schedule ${cronOf(source)} ${source.location}`];
    }
    return [resource.type === "git" ? "merge" : "change"];
  });
  const earlier = (file.jobs ?? []).filter(({ name }) => gets.some(({ passed }) => passed?.includes(name)));
  const manual = job.disable_manual_trigger === true ? [] : ["manual"];
  return [...new Set([...own, ...earlier.flatMap((other) => triggersOf(other, file)), ...manual])].sort(compareText);
}
