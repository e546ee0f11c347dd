import YAML from "yaml";
import { compareText } from "../../language/problem";
import { type JobMeaning, stepText } from "../model/meaning";
import { mergeCopies } from "../model/merge-copies";
import type { Identity } from "../model/model";
import { accountName, DEFAULT_BUILD_CLUSTER, joined, type Names, sorted } from "../model/names";
import type { Files } from "../model/renderer";
import { readScript } from "../model/script";
import { setUpLinesIn } from "../model/set-up";
import { CONFIG_FILE, JOBS_FILE, partsOf, queueOf } from "./names";
import { keepLine, READ_TOKEN, VALUES } from "./render-job";
import { configSurprises, surprisesIn } from "./surprises";

interface ProwJob {
  readonly name: string;
  readonly always_run?: boolean;
  readonly cron?: string;
  readonly max_concurrency?: number;
  readonly job_queue_name?: string;
  readonly decoration_config?: { readonly timeout?: string };
  readonly cluster?: string;
  readonly branches?: readonly string[];
  readonly clone_uri?: string;
  readonly extra_refs?: readonly {
    readonly org: string;
    readonly repo: string;
    readonly base_ref: string;
    readonly clone_uri?: string;
  }[];
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly containers: readonly {
      readonly image: string;
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

interface ConfigFile {
  readonly tide?: {
    readonly queries?: readonly { readonly repos?: readonly string[]; readonly includedBranches?: readonly string[] }[];
  };
}

/** Returns the meaning of Prow's jobs. */
export function readProw(files: Files): readonly JobMeaning[] {
  const { periodics = [], postsubmits = {}, presubmits = {} } = YAML.parse(files.get(JOBS_FILE) ?? "{}") as JobsFile;
  const config = YAML.parse(files.get(CONFIG_FILE) ?? "{}") as ConfigFile;
  const surprises = configSurprises({ ...config });
  const [merges] = config.tide?.queries ?? [];
  const merged = { repository: merges?.repos ?? [], branch: merges?.includedBranches ?? [] };
  return mergeCopies([
    ...Object.entries(presubmits).flatMap(([repository, jobs]) =>
      jobs.map((job) => readJob(job, ["change"], repository)),
    ),
    ...Object.entries(postsubmits).flatMap(([repository, jobs]) =>
      jobs.map((job) => readJob(job, job.always_run === false ? [] : ["merge"], repository)),
    ),
    ...periodics.map((job) => readJob(job, [`schedule ${job.cron ?? ""} UTC`])),
  ]).map((job) => ({
    ...job,
    names: joined(job.names, merged),
    surprises: [...job.surprises, ...surprises],
  }));
}

function readJob(job: ProwJob, triggers: readonly string[], repository?: string): JobMeaning {
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
    names: namesOf(job, env, item, repository),
    surprises: [...surprises, ...surprisesIn(job)],
  };
}

function namesOf(
  { branches = [], clone_uri, cluster: build, extra_refs = [], spec }: ProwJob,
  env: ReadonlyMap<string, string>,
  item: string | undefined,
  place: string | undefined,
): Names {
  const { containers, serviceAccountName: account } = spec;
  // Kubernetes reads two dollar signs as one.
  const cluster = env.get("CLUSTER_NAME")?.replaceAll("$$", "$");
  const shard = env.get("SHARD");
  const repositories = [place ?? [], extra_refs.map(({ org, repo }) => `${org}/${repo}`)].flat();
  const addresses = [clone_uri ?? [], extra_refs.flatMap((refs) => refs.clone_uri ?? [])].flat();
  return sorted({
    repository: [...repositories, env.get("FLEET_REPOSITORY") ?? ""],
    // Prow clones from github.com, unless a job names another address.
    address: addresses.length > 0 ? addresses : repositories.map((each) => `https://github.com/${each}.git`),
    api: [env.get("FLEET_API") ?? ""],
    branch: [...branches.map(branchOf), ...extra_refs.map(({ base_ref }) => base_ref)],
    images: containers.map(({ image }) => image),
    clusters: cluster === undefined ? [] : [cluster, item ?? ""],
    shards: shard === undefined ? [] : [shard, item ?? ""],
    accounts: account === undefined ? [] : [accountName(account, cluster)],
    builds: [build ?? DEFAULT_BUILD_CLUSTER],
  });
}

/** Returns the branch that a pattern matches. */
const branchOf = (pattern: string): string => pattern.replace(/^\^(.*)\$$/, "$1").replaceAll(/\\(.)/g, "$1");

function lockOf(
  { job_queue_name, max_concurrency }: ProwJob,
  item: string | undefined,
  ofChange: boolean,
): JobMeaning["oneAtATime"] {
  if (item !== undefined && job_queue_name === queueOf(item) && max_concurrency === 1) return "cluster";
  if (max_concurrency === 1) return "pipeline";
  return ofChange ? "change" : null;
}
