import { type InitAnswers, NO_CI } from "./answers";
import { accountFiles, clusterFiles, layerFiles, pipelineFiles } from "./definition-files";
import { type Existing, mergeFiles } from "./merge-files";
import type { Program } from "./program";
import type { InitFile } from "./report";
import { repositoryFiles } from "./repository-files";

/** Input of `fleet init`. */
export interface InitOptions {
  /** Name of the repository's folder. */
  readonly folder: string;
  /** Undefined in a repository that has accounts already: then only what is missing besides them is written. */
  readonly answers: InitAnswers | undefined;
  readonly withCluster: boolean;
  /** Partition of the region. */
  readonly partition: string;
  readonly program: Program;
  /** Names that the repository has already. */
  readonly accounts: readonly string[];
  readonly clusters: readonly string[];
  /** Returns the content of a path below the folder; undefined if it does not exist. */
  existing(path: string): Existing | undefined;
}

export interface InitPlan {
  readonly files: readonly InitFile[];
  /** Path -> text of what has to be written. */
  readonly writes: ReadonlyMap<string, string>;
  /** The first cluster; null if the repository has no such cluster afterwards. */
  readonly cluster: string | null;
  /** The CI system that pipelines are generated for; null for none. */
  readonly pipelines: string | null;
}

/** Decides which files a repository gets. */
export function planInit(options: InitOptions): InitPlan {
  const { accounts, answers, clusters, existing, folder, partition, program, withCluster } = options;
  const ofCluster = answers === undefined || !withCluster ? new Map<string, string>() : clusterFiles(answers, program);
  const reason = ofCluster.size === 0 ? undefined : notTheFirst(ofCluster, options);
  const cluster = ofCluster.size > 0 && reason === undefined ? (answers?.clusterName ?? null) : null;
  const wanted = new Map([
    ...repositoryFiles({ folder, account: answers?.account ?? accounts[0], cluster: cluster ?? clusters[0] }, program),
    ...layerFiles(program),
    ...(answers === undefined ? [] : [...accountFiles(answers, partition), ...pipelineFiles(answers)]),
    ...(reason === undefined ? ofCluster : []),
  ]);
  const { files, writes } = mergeFiles(wanted, existing, { folder, program });
  const [path] = ofCluster.keys();
  const skipped = reason === undefined || path === undefined ? [] : [{ path, state: "skipped" as const, note: reason }];
  const only = clusters.length === 1 ? (clusters[0] ?? null) : null;
  const pipelines = answers === undefined || answers.ci === NO_CI ? null : answers.ci;
  return { files: [...files, ...skipped], writes, cluster: answers === undefined ? only : cluster, pipelines };
}

/** Returns why a cluster is not written: it would not be the repository's first; undefined if it is, or if its file is there. */
function notTheFirst(
  ofCluster: ReadonlyMap<string, string>,
  { answers, clusters, existing }: InitOptions,
): string | undefined {
  const [[file] = [], [ranges, text] = []] = [...ofCluster];
  if (file === undefined || ranges === undefined || existing(file) !== undefined) return undefined;
  const how = `npx fleet new ${answers?.clusterName} writes it, with a range that is free`;
  if (clusters.length > 0) return `there are other clusters already. ${how}`;
  const reserved = existing(ranges);
  if (reserved === undefined || ("text" in reserved && reserved.text === text)) return undefined;
  return `${ranges} has ranges already. ${how}`;
}
