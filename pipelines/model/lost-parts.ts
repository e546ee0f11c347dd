import { type JobMeaning, jobMeaning, type Notice } from "./meaning";
import type { Job, Pipeline, PipelineModel } from "./model";

/** A job with the pipeline that it belongs to. */
export interface PlacedJob {
  /** As the system runs it. */
  readonly job: Job;
  /** As it is in the model. */
  readonly original: Job;
  readonly pipeline: Pipeline;
}

/** Describes the part of a job's meaning that a system does not support; undefined if it supports the part. */
export type Lost = (part: keyof JobMeaning, placed: PlacedJob) => string | undefined;

/** Reasons why a part of a job differs in systems whose jobs cannot read each other's files. */
const STANDALONE: Readonly<Partial<Record<keyof JobMeaning, string>>> = {
  steps: "does what other jobs would have done for it",
  variables: "has the variables of those steps",
  after: "waits for fewer jobs",
  reads: "reads nothing of other jobs, because none keeps its files for others",
};

/**
 * Returns a notice for each part of the model that is different in a system's own pipelines, and for each that the system loses
 * besides.
 */
export function noticesOf(model: PipelineModel, own: readonly Pipeline[], lost: Lost): readonly Notice[] {
  return model.pipelines.flatMap((pipeline) => {
    const jobs = new Map(own.find(({ name }) => name === pipeline.name)?.jobs.map((job) => [job.name, job]));
    return pipeline.jobs.flatMap((job) => {
      const notice = (part: keyof JobMeaning, message: string): Notice => ({
        part,
        pipeline: pipeline.name,
        job: job.name,
        message,
      });
      const there = jobs.get(job.name);
      if (there === undefined) {
        const why = lost("job", { job, original: job, pipeline });
        return [notice("job", why ?? `There is no job ${job.name}: other jobs of ${pipeline.name} do its work`)];
      }
      const [before, after] = [jobMeaning(pipeline, job, model), jobMeaning(pipeline, there, model)];
      return (Object.keys(before) as (keyof JobMeaning)[]).flatMap((part) => {
        const words = lost(part, { job: there, original: job, pipeline });
        if (words !== undefined) return [notice(part, words)];
        const why = STANDALONE[part];
        const differs = why !== undefined && JSON.stringify(before[part]) !== JSON.stringify(after[part]);
        return differs ? [notice(part, `${job.name} ${why}`)] : [];
      });
    });
  });
}
