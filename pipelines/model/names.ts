import { compareText } from "../../language/problem";
import { githubServer } from "./github-server";
import type { Job, ModelCluster, Pipeline, PipelineModel } from "./model";
import { DEFAULT_IMAGE, DEFAULT_PULL_REQUEST_RESOURCE, imageReference } from "./pins";

/** Names and addresses that a job uses. A system's files contain some of them; it adds the others when the job runs. */
export const NAMES = [
  "repository",
  "address",
  "api",
  "branch",
  "images",
  "clusters",
  "shards",
  "accounts",
  "builds",
] as const;
export type Names = Readonly<Partial<Record<(typeof NAMES)[number], readonly string[]>>>;

/** The cluster in which Prow runs the pods of jobs by default. */
export const DEFAULT_BUILD_CLUSTER = "default";

/** Returns the names and addresses that a job of the model may use. */
export function namesOf({ triggers }: Pipeline, job: Job, { clusters, settings }: PipelineModel): Required<Names> {
  const { branch, own, repository, shards, system } = settings;
  const { api, web } = githubServer(own);
  const image = imageReference((system === "github" ? undefined : own[system]?.image) ?? DEFAULT_IMAGE);
  const resource = imageReference(own.concourse?.pull_request_resource ?? DEFAULT_PULL_REQUEST_RESOURCE);
  const ofChange = triggers.some(({ on }) => on === "change");
  const named = job.each?.of === "cluster" ? clusters : [];
  const pods = named.length === 0 ? [undefined] : named;
  return sorted({
    repository: [repository],
    address: [(system === "concourse" && own.concourse?.repository_uri) || `${web}/${repository}.git`],
    api: [api],
    branch: [branch],
    images: system === "concourse" && ofChange ? [image, resource] : [image],
    clusters: named.map(({ name }) => name),
    shards: job.each?.of === "shard" ? shardsOf(shards) : [],
    accounts:
      job.identity === "none" ? [] : pods.map((pod) => accountName(serviceAccountOf(job, pod, clusters), pod?.name)),
    builds: [own.prow?.build_cluster ?? DEFAULT_BUILD_CLUSTER],
  }) as Required<Names>;
}

/** Returns the numbers of shards. */
export function shardsOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1));
}

/** Returns a service account as names contain it, with the cluster whose job uses it. */
export function accountName(account: string, cluster?: string): string {
  return cluster === undefined ? account : `${account} for ${cluster}`;
}

/** Returns the account of a job's pod in Kubernetes, which the role of the AWS account trusts. */
export function serviceAccountOf(
  { identity }: Job,
  cluster: ModelCluster | undefined,
  clusters: readonly ModelCluster[],
): string {
  const accounts = (cluster === undefined ? clusters : [cluster]).flatMap((each) => each.serviceAccounts ?? []);
  const level = identity === "none" ? "plan" : identity;
  return accounts.find((each) => each[level] !== undefined)?.[level] ?? `fleet-${identity}`;
}

/** Returns names in order, each once. */
export function sorted(names: { readonly [key in keyof Names]: Names[key] | undefined }): Names {
  return Object.fromEntries(
    NAMES.flatMap((key) => (names[key] === undefined ? [] : [[key, [...new Set(names[key])].sort(compareText)]])),
  );
}

/** Returns the names of two copies of a job. */
export function joined(one: Names, other: Names): Names {
  return sorted(
    Object.fromEntries(
      NAMES.flatMap((key) => {
        const values = [...(one[key] ?? []), ...(other[key] ?? [])];
        return one[key] === undefined && other[key] === undefined ? [] : [[key, values]];
      }),
    ),
  );
}
