import { always, step, withWords } from "./jobs";
import type { Job, Pipeline, PipelineName, Step } from "./model";

/** Change of a job in systems whose jobs cannot read each other's files. */
interface Change {
  /** True if the work of the job is done by others. */
  readonly goes?: true;
  /** Steps that come first, because the job cannot read their results. */
  readonly before?: readonly Step[];
  /** Steps that replace a removed job. */
  readonly after?: Partial<Pick<Job, "rights" | "tells">> & { readonly steps: readonly Step[] };
}

const CHANGES: Readonly<Partial<Record<PipelineName, Readonly<Record<string, Change>>>>> = {
  "pull-request": {
    plan: { before: [step("affected", "BASE")] },
    comment: { before: [step("diff", "BASE"), step("affected", "BASE")] },
  },
  // Each cluster has a separate job, and its claim decides whether it is its turn.
  deploy: { choose: { goes: true } },
  destroy: { choose: { goes: true } },
  drift: {
    choose: { goes: true },
    drift: {
      before: [withWords(step("choose"), "--for", "drift")],
      after: { steps: [step("report"), always(step("tell"))], rights: ["issues"], tells: ["drift"] },
    },
    report: { goes: true },
  },
};

/**
 * Returns a pipeline for systems in which no job reads what another one kept, and which list jobs in files: each job does itself
 * what it would have read.
 *
 * @param without further jobs that the system cannot start
 */
export function standalone(pipeline: Pipeline, without: readonly string[] = []): Pipeline {
  const changes = CHANGES[pipeline.name] ?? {};
  const goes = (name: string): boolean => changes[name]?.goes === true || without.includes(name);
  const jobs = pipeline.jobs
    .filter(({ name }) => !goes(name))
    .map((job): Job => {
      const { after, before = [] } = changes[job.name] ?? {};
      return {
        ...job,
        ...after,
        steps: [...before, ...job.steps, ...(after?.steps ?? [])],
        after: job.after.filter((name) => !goes(name)),
        reads: [],
      };
    });
  return { ...pipeline, jobs };
}
