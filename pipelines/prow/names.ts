/** Files that the owners of Prow copy into its `job_config_path` and `config.yaml`. */
export const JOBS_FILE = "prow/jobs.yaml";
export const CONFIG_FILE = "prow/config.yaml";
export const AUTOBUMP_FILE = "prow/autobump.yaml";

/** Returns the name of a job: `pipeline.job`, and of a job for each item `pipeline.job.item`. */
export function prowName(pipeline: string, job: string, item: string | undefined): string {
  return [pipeline, job, ...(item === undefined ? [] : [item])].join(".");
}

/** Returns the parts of a name. Pipelines and jobs have no dots in their names. */
export function partsOf(name: string): {
  readonly pipeline: string;
  readonly job: string;
  readonly item: string | undefined;
} {
  const [pipeline = "", job = "", ...rest] = name.split(".");
  return { pipeline, job, item: rest.length === 0 ? undefined : rest.join(".") };
}

/** Returns the queue that all jobs of a cluster share: its capacity is one. */
export function queueOf(cluster: string): string {
  return `cluster-${cluster}`;
}
