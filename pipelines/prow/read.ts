import YAML from "yaml";
import { compareText } from "../../language/problem";
import { type JobMeaning, stepText } from "../model/meaning";
import { mergeCopies } from "../model/merge-copies";
import type { Identity } from "../model/model";
import type { Files } from "../model/renderer";
import { readScript } from "../model/script";
import { setUpLinesIn } from "../model/set-up";
import { JOBS_FILE, partsOf, queueOf } from "./names";
import { keepLine, READ_TOKEN, VALUES } from "./render-job";
import { surprisesIn } from "./surprises";

interface ProwJob {
  readonly name: string;
  readonly always_run?: boolean;
  readonly cron?: string;
  readonly max_concurrency?: number;
  readonly job_queue_name?: string;
  readonly decoration_config?: { readonly timeout?: string };
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly containers: readonly {
      readonly args: readonly string[];
      readonly env?: readonly { readonly name: string; readonly value?: string }[];
    }[];
  };
}

interface JobsFile {
  readonly presubmits?: Readonly<Record<string, readonly ProwJob[]>>;
  readonly postsubmits?: Readonly<Record<string, readonly ProwJob[]>>;
  readonly periodics?: readonly ProwJob[];
}

/** Returns the meaning of Prow's jobs. */
export function readProw(files: Files): readonly JobMeaning[] {
  const { periodics = [], postsubmits = {}, presubmits = {} } = YAML.parse(files.get(JOBS_FILE) ?? "{}") as JobsFile;
  return mergeCopies([
    ...Object.values(presubmits)
      .flat()
      .map((job) => readJob(job, ["change"])),
    ...Object.values(postsubmits)
      .flat()
      .map((job) => readJob(job, job.always_run === false ? [] : ["merge"])),
    ...periodics.map((job) => readJob(job, [`schedule ${job.cron ?? ""} UTC`])),
  ]);
}

function readJob(job: ProwJob, triggers: readonly string[]): JobMeaning {
  const { item, job: name, pipeline } = partsOf(job.name);
  const [container] = job.spec.containers;
  const [script = ""] = container?.args ?? [];
  const env = new Map(container?.env?.map((each) => [each.name, each.value ?? ""]));
  const keeps = /^ {2}cp -R (\S+) "\$ARTIFACTS"\//m.exec(script)?.[1] ?? null;
  const { steps, surprises, variables } = readScript(script, {
    values: { ...VALUES, FLEET_ID_TOKEN: READ_TOKEN },
    setUp: setUpLinesIn(script),
    last: keeps === null ? [] : [keepLine(keeps)],
  });
  const inputs = [...env.keys()].filter((each) => !/^(?:FLEET|TERRAFORM)_/.test(each));
  const ofChange = triggers.includes("change");
  return {
    pipeline,
    job: name,
    triggers,
    steps: steps.map(stepText),
    variables: [...new Set([...variables, ...inputs])].sort(compareText),
    identity: job.spec.serviceAccountName === undefined ? "none" : ((env.get("FLEET_IDENTITY") ?? "none") as Identity),
    after: [],
    evenIfFailed: false,
    each: item === undefined ? null : { of: env.has("CLUSTER_NAME") ? "cluster" : "shard", from: "" },
    oneAtATime: lockOf(job, item, ofChange),
    // Prow ends the jobs of an older commit of the same pull request.
    cancellable: ofChange,
    approval: false,
    forks: ofChange,
    rights: [],
    minutes: Number(/^(\d+)m0s$/.exec(job.decoration_config?.timeout ?? "")?.[1] ?? 0),
    keeps,
    reads: [],
    surprises: [...surprises, ...surprisesIn(job)],
  };
}

function lockOf(
  { job_queue_name, max_concurrency }: ProwJob,
  item: string | undefined,
  ofChange: boolean,
): JobMeaning["oneAtATime"] {
  if (item !== undefined && job_queue_name === queueOf(item) && max_concurrency === 1) return "cluster";
  if (max_concurrency === 1) return "pipeline";
  return ofChange ? "change" : null;
}
