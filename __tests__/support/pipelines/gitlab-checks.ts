import Ajv from "ajv";
import YAML from "yaml";
import schema from "../../pipelines/schemas/gitlab-ci.schema.json";

interface Job {
  readonly stage?: string;
  readonly needs?: readonly { readonly job: string; readonly artifacts?: boolean }[];
  readonly trigger?: { readonly include?: readonly { readonly artifact?: string; readonly job?: string }[] };
  readonly artifacts?: { readonly paths?: readonly string[] };
  readonly parallel?: number;
  readonly script?: unknown;
}

const valid = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

const NO_JOBS = ["workflow", "variables", "default", "stages", "include"];

/** GitLab's limits of a project by default. */
const MOST = { needs: 50, parallel: 200, bytes: 5_000_000 };

/** Returns what is wrong with a file of GitLab: by its schema, and by what the schema cannot say. */
export function gitlabErrors(content: string): readonly string[] {
  const file = YAML.parse(content, { version: "1.1" }) as Record<string, unknown> & { stages?: readonly string[] };
  valid(file);
  const bySchema = (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  const jobs = new Map(
    Object.entries(file)
      .filter(([key]) => !NO_JOBS.includes(key))
      .map(([key, job]) => [key, job as Job]),
  );
  return [
    ...bySchema,
    ...(content.length > MOST.bytes ? ["the file is too large"] : []),
    ...(jobs.size === 0 ? ["there is no job"] : []),
    ...[...jobs].flatMap(([name, job]) => jobErrors(name, job, jobs, file.stages ?? [])),
    ...cycles(jobs).map((name) => `${name}: waits for itself`),
  ];
}

function jobErrors(name: string, job: Job, jobs: ReadonlyMap<string, Job>, stages: readonly string[]): string[] {
  const { needs = [], parallel = 1, script, stage = "test", trigger } = job;
  const stageOf = (other: string): number => stages.indexOf(jobs.get(other)?.stage ?? "test");
  const from = trigger?.include?.[0];
  const source = from?.job === undefined ? undefined : jobs.get(from.job);
  return [
    ...(stages.includes(stage) ? [] : [`${name}: the stage ${stage} does not exist`]),
    ...needs.flatMap((each) => {
      if (!jobs.has(each.job)) return [`${name}: needs ${each.job}, which does not exist`];
      if (stageOf(each.job) > stages.indexOf(stage)) return [`${name}: needs ${each.job} of a later stage`];
      return [];
    }),
    // GitLab counts each of several parallel jobs.
    ...(needs.reduce((sum, each) => sum + (jobs.get(each.job)?.parallel ?? 1), 0) > MOST.needs
      ? [`${name}: needs too many jobs`]
      : []),
    ...(parallel > MOST.parallel ? [`${name}: has too many parallel jobs`] : []),
    ...(script === undefined && trigger === undefined ? [`${name}: does nothing`] : []),
    ...(from !== undefined && !needs.some((each) => each.job === from.job)
      ? [`${name}: starts a file of a job that it does not need`]
      : []),
    ...(from !== undefined && !source?.artifacts?.paths?.some((path) => from.artifact?.startsWith(path))
      ? [`${name}: starts a file that no job keeps`]
      : []),
  ];
}

function cycles(jobs: ReadonlyMap<string, Job>): string[] {
  const reaches = (name: string, target: string, seen: Set<string>): boolean =>
    (jobs.get(name)?.needs ?? []).some(({ job }) => {
      if (job === target) return true;
      if (seen.has(job)) return false;
      seen.add(job);
      return reaches(job, target, seen);
    });
  return [...jobs.keys()].filter((name) => reaches(name, name, new Set()));
}
