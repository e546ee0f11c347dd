import type { Account, PipelineSettings } from "../../fleet/model/cluster";
import type { CiSystem, ScheduleName } from "../../fleet/schema/pipelines";
import type { Stage } from "./stage";

/** The pipelines, independent of the CI system. Each renderer writes them in the syntax of its system. */
export interface PipelineModel {
  readonly settings: ModelSettings;
  /** In order of their names. Systems that fan out at run time do not read them. */
  readonly clusters: readonly ModelCluster[];
  readonly pipelines: readonly Pipeline[];
}

/** The settings of pipelines.yaml, with its defaults. */
export interface ModelSettings {
  readonly system: CiSystem;
  readonly repository: string;
  readonly branch: string;
  readonly shards: number;
  /** The parts that only one system reads, as they are in the file. */
  readonly own: PipelineSettings;
}

type ServiceAccounts = NonNullable<NonNullable<Account["bootstrap"]>["prow"]>[number]["service_accounts"];

/** The fields of a cluster that pipelines read. */
export interface ModelCluster {
  readonly name: string;
  readonly slug: string;
  readonly owner: string;
  readonly account: string;
  readonly accountId: string;
  readonly tier: string;
  /** Path of its definition in the repository. */
  readonly file: string;
  /** True if its tier lets the guard stop everything that destroys. */
  readonly protected: boolean;
  /** The channel or release that the cluster follows. */
  readonly model: string;
  /** Environments of GitHub in which jobs of the account run; null for none. */
  readonly environments: { readonly apply: string | null; readonly destroy: string | null };
  /** True if a GitHub Enterprise Server issues the tokens of jobs. AWS compares no environment of such tokens with a branch. */
  readonly ownIssuer: boolean;
  /** Service accounts of Prow's pods for each role of the account; undefined without them. */
  readonly serviceAccounts: ServiceAccounts | undefined;
  /** True if a deploy waits for a person. */
  readonly approval: boolean;
  /** Label of runners that reach the cluster's API; undefined for that of the system's settings. */
  readonly runner: string | undefined;
}

export const PIPELINES = [
  "pull-request",
  "findings",
  "deploy",
  "drift",
  "bump",
  "deadlines",
  "drill",
  "promote",
  "destroy",
] as const;
export type PipelineName = (typeof PIPELINES)[number];

/** Jobs that start together. */
export interface Pipeline {
  readonly name: PipelineName;
  /** The purpose in one sentence. */
  readonly purpose: string;
  readonly triggers: readonly Trigger[];
  /** Each after those that it waits for. */
  readonly jobs: readonly Job[];
}

export type Trigger =
  /** A pull request, and again when a merge queue tests it with the branch it goes to. */
  | { readonly on: "change" }
  /** A commit on the branch that is deployed. */
  | { readonly on: "merge" }
  | { readonly on: "schedule"; readonly schedule: ScheduleName; readonly cron: string; readonly timeZone: string }
  /** A person starts it, and fills in variables. */
  | { readonly on: "manual"; readonly inputs: readonly Input[] };

export interface Input {
  readonly variable: Variable;
  readonly description: string;
  readonly required: boolean;
}

/** Variables that a run passes to its jobs. `fleet ci` reads variables of these names. */
export const VARIABLES = [
  "BASE", // commit to compare with
  "CHANGE", // number of the pull request
  "CLUSTER_NAME", // the cluster of a job for each cluster
  "SHARD", // number of a job among those that share clusters, from 1 on
  "TARGET", // channel or cluster that gets a release
  "RELEASE", // that release
] as const;
export type Variable = (typeof VARIABLES)[number];

/** Roles that a job can assume in AWS: none, or the roles of one kind in each account. */
export type Identity = "none" | "plan" | "apply" | "destroy";

/** Kind of write access to the repository's service. */
export type Right = "annotations" | "comment" | "issues" | "propose";

/** The subjects of messages. */
export type Occasion = "started" | "finished" | "failed" | "halted" | "approval" | "drift" | "deadline" | "proposed";

/** Steps that run on one runner, one after another. */
export interface Job {
  /** Unique within its pipeline. */
  readonly name: string;
  readonly purpose: string;
  readonly identity: Identity;
  readonly steps: readonly Step[];
  /** Jobs of the pipeline that must have ended well before; of jobs for each cluster, those of the same cluster. */
  readonly after: readonly string[];
  /** True if it also runs if a job before it failed, because it shows what happened. */
  readonly evenIfFailed: boolean;
  /** One run of the job for each item that an earlier job lists; null for one run. */
  readonly each: { readonly of: "shard" | "cluster"; readonly from: string } | null;
  /** Runs that must not overlap: those of a cluster, in all pipelines; those of the pipeline; those of a pull request. */
  readonly oneAtATime: "cluster" | "pipeline" | "change" | null;
  /** True if a newer run may cancel it half-way. */
  readonly cancellable: boolean;
  /** True if it waits for a person in accounts whose deploys require approval. */
  readonly approval: boolean;
  /** True if it also runs for pull requests from forks, without any right. */
  readonly forks: boolean;
  /** True if it must reach the Kubernetes API of clusters. */
  readonly reachesClusters: boolean;
  readonly rights: readonly Right[];
  readonly minutes: number;
  /** Folder that later jobs and people can read. It contains no plan, because a plan contains secrets. */
  readonly keeps: string | null;
  /** Jobs whose folders it reads. */
  readonly reads: readonly string[];
  readonly tells: readonly Occasion[];
}

/** `fleet ci <stage> [words]`, with variables in its environment. */
export interface Step {
  readonly stage: Stage;
  /** Constant words after the stage. */
  readonly words: readonly string[];
  readonly variables: readonly Variable[];
  /** True if it also runs if a step before it failed. Only steps at the end of a job do. */
  readonly evenIfFailed: boolean;
}

/** Folder of what a job keeps, by the job's name. */
export function folderOf(job: string): string {
  return `.fleet/ci/${job}`;
}
