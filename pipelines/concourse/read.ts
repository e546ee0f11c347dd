import YAML from "yaml";
import { compareText } from "../../language/problem";
import { type JobMeaning, stepText } from "../model/meaning";
import { mergeCopies } from "../model/merge-copies";
import type { Identity } from "../model/model";
import type { Files } from "../model/renderer";
import { readScript } from "../model/script";
import { setUpLinesIn } from "../model/set-up";
import { partsOf } from "./names";
import { RUNNER, VALUES } from "./render-job";
import { cronOf, type TimeSource } from "./schedules";
import { surprisesIn } from "./surprises";

interface Resource {
  readonly name: string;
  readonly type: string;
  readonly source: Readonly<Record<string, unknown>>;
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
  readonly jobs?: readonly Job[];
}

/** Returns the meaning of every job of the pipelines, apart from those that only set pipelines. */
export function readConcourse(files: Files): readonly JobMeaning[] {
  return mergeCopies(
    [...files.values()].flatMap((text) => {
      const file = YAML.parse(text) as File;
      return (file.jobs ?? []).flatMap((job) => readJob(job, file) ?? []);
    }),
  );
}

const isGet = (step: object): step is Get => "get" in step;
const isTask = (step: object): step is Task => "task" in step;

function readJob(job: Job, file: File): JobMeaning | undefined {
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
    surprises: [...surprises, ...surprisesIn(file, job)],
  };
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
