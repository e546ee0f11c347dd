import { compareText } from "../../language/problem";
import type { Identity, Job, Pipeline, PipelineModel, Trigger } from "./model";
import { NAMES, type Names, namesOf } from "./names";
import { hasCommand } from "./stage";

/**
 * The meaning of a job, in terms that all CI systems share. Each renderer has a reader that returns it from the generated files, so that a
 * test can compare the systems with each other and with the model.
 */
export interface JobMeaning {
  readonly pipeline: string;
  readonly job: string;
  /** Such as `change`, `schedule 0 5 * * 1-5 UTC` or `manual CLUSTER_NAME`, sorted. */
  readonly triggers: readonly string[];
  /** The commands in their order, such as `choose --for drift`, or `record, even after a failure`. */
  readonly steps: readonly string[];
  /** Variables that the steps get, sorted. */
  readonly variables: readonly string[];
  readonly identity: Identity;
  /** Sorted. */
  readonly after: readonly string[];
  readonly evenIfFailed: boolean;
  readonly each: Job["each"];
  readonly oneAtATime: Job["oneAtATime"];
  readonly cancellable: boolean;
  readonly approval: boolean;
  readonly forks: boolean;
  /** Sorted. */
  readonly rights: readonly string[];
  readonly minutes: number;
  readonly keeps: string | null;
  /** Sorted. */
  readonly reads: readonly string[];
  /** Of generated files, only those that the files contain. */
  readonly names: Names;
  /** Unexpected keys of a generated job. A key that the reader does not support may change the job. */
  readonly surprises: readonly string[];
}

/** A part of the meaning that a system cannot express. It is reported when the pipelines are generated. */
export interface Notice {
  /** The property that is missing in the generated files, `job` for the whole job; null if nothing is missing but something must be set up by hand. */
  readonly part: keyof JobMeaning | null;
  readonly pipeline: string;
  /** Null for all jobs of the pipeline. */
  readonly job: string | null;
  /** The difference, and the advice. */
  readonly message: string;
}

/** Returns the meaning of every job of a model. */
export function meaningOf(model: PipelineModel): readonly JobMeaning[] {
  return model.pipelines.flatMap((pipeline) => pipeline.jobs.map((job) => jobMeaning(pipeline, job, model)));
}

/** Returns the meaning of one job. */
export function jobMeaning(of: Pipeline, job: Job, model: PipelineModel): JobMeaning {
  const { name: pipeline, triggers } = of;
  return {
    pipeline,
    job: job.name,
    triggers: triggers.map(triggerText).sort(compareText),
    steps: job.steps.filter(({ stage }) => hasCommand(stage)).map(stepText),
    variables: [...new Set(job.steps.flatMap(({ variables }) => variables))].sort(compareText),
    identity: job.identity,
    after: [...job.after].sort(compareText),
    evenIfFailed: job.evenIfFailed,
    each: job.each,
    oneAtATime: job.oneAtATime,
    cancellable: job.cancellable,
    approval: job.approval,
    forks: job.forks,
    rights: [...job.rights].sort(compareText),
    minutes: job.minutes,
    keeps: job.keeps,
    reads: [...job.reads].sort(compareText),
    names: namesOf(of, job, model),
    surprises: [],
  };
}

/** Returns a trigger as readers write it. */
export function triggerText(trigger: Trigger): string {
  switch (trigger.on) {
    case "schedule":
      return `schedule ${trigger.cron} ${trigger.timeZone}`;
    case "manual":
      return ["manual", ...trigger.inputs.map(({ variable }) => variable)].join(" ");
    default:
      return trigger.on;
  }
}

/** Returns a step as readers write it. */
export function stepText(step: {
  readonly stage: string;
  readonly words: readonly string[];
  readonly evenIfFailed: boolean;
}): string {
  const { evenIfFailed, stage, words } = step;
  return [stage, ...words].join(" ") + (evenIfFailed ? ", even after a failure" : "");
}

/**
 * Returns one line for each difference between two meanings.
 *
 * @param notices parts that the second one cannot express
 */
export function differences(
  expected: readonly JobMeaning[],
  found: readonly JobMeaning[],
  notices: readonly Notice[] = [],
): string[] {
  const key = ({ job, pipeline }: JobMeaning): string => `${pipeline}/${job}`;
  const left = new Map(found.map((each) => [key(each), each]));
  const lines = expected.flatMap((each) => {
    const name = key(each);
    const other = left.get(name);
    left.delete(name);
    if (other === undefined) return excused(notices, each, "job") ? [] : [`${name} is missing`];
    return (Object.keys(each) as (keyof JobMeaning)[]).flatMap((part) => {
      if (excused(notices, each, part)) return [];
      const whole = part === "names" ? namesIn(each.names, other.names) : each[part];
      const [wanted, is] = [JSON.stringify(whole), JSON.stringify(other[part])];
      return wanted === is ? [] : [`${name}: ${part} must be ${wanted}, but is ${is}`];
    });
  });
  return [...lines, ...[...left.keys()].map((name) => `${name} is not in the model`)];
}

/** Returns those names that the files of a system contain, too. */
function namesIn(names: Names, found: Names): Names {
  return Object.fromEntries(NAMES.filter((key) => found[key] !== undefined).map((key) => [key, names[key]]));
}

function excused(notices: readonly Notice[], { job, pipeline }: JobMeaning, part: keyof JobMeaning): boolean {
  return notices.some(
    (notice) => notice.part === part && notice.pipeline === pipeline && (notice.job === null || notice.job === job),
  );
}
