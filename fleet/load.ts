import { extensionProblems } from "../language/extensions/own";
import { ExtensionError } from "../language/extensions/run";
import { compareText, DefinitionError, inReadingOrder, type Problem } from "../language/problem";
import { buildCluster } from "./build-cluster";
import { layerProblems } from "./checks/fleet/layers";
import { pipelineAccountProblems } from "./checks/fleet/pipeline-accounts";
import { pipelineOwnerProblems } from "./checks/fleet/pipeline-owners";
import { type BaseReleases, digestProblems } from "./checks/fleet/release-steps";
import type { BaseVersions } from "./checks/fleet/version-steps";
import { fleetProblems } from "./fleet-problems";
import type { Account, Cluster, KubernetesSupport } from "./model/cluster";
import type { Rollouts } from "./model/rollouts";
import { peeredClusters, peersOf } from "./peers";
import { readAdoption, strayAdoptions } from "./read/adopted";
import { readExceptions } from "./read/exceptions";
import { DefinitionFiles, nameOfFile } from "./read/files";
import { Layers } from "./read/layers";
import { LayersByProgram } from "./read/layers-by-program";
import { readDefinition } from "./read/read-definition";
import { readRollouts } from "./read/rollouts";
import { withoutSecrets } from "./read/secrets";
import { select } from "./read/select";
import { releaseProgram } from "./release-program";
import { type ResolvedFile, resolveDefinitions } from "./resolve";
import type { ResolvedDefinition } from "./rules/resolved-definition";

export interface LoadOptions {
  /** The directory of definitions, as it is shown in messages. */
  readonly directory: string;
  /** The definitions that come with the program. */
  readonly shipped: string;
  /** Names or globs, separated by commas; undefined for every cluster. */
  readonly select?: string | undefined;
  /** The day of the run, YYYY-MM-DD: it makes warnings, never errors or output. */
  readonly today: string;
  /** True to accept a directory that has no cluster yet. */
  readonly withoutClusters?: boolean | undefined;
  /** Releases before a change: with them, a change that a release does not allow is an error. */
  readonly baseReleases?: BaseReleases | undefined;
  /** Versions of the clusters before a change: with them, a change that EKS would refuse is an error. */
  readonly base?: BaseVersions | undefined;
}

export interface Fleet {
  /** In order of their names. */
  readonly clusters: readonly Cluster[];
  /** Those of the selected clusters, and without a selection those of every file, in order of their names. */
  readonly accounts: readonly Account[];
  readonly warnings: readonly Problem[];
  /** The end of support of each Kubernetes version. */
  readonly support: KubernetesSupport;
  /** Settings of rollouts; undefined with a selection, or if the directory has no `rollouts.yaml`. */
  readonly rollouts: Rollouts | undefined;
}

/**
 * Loads definitions, merges their layers and checks them. With a selection, only the files of the selected clusters are read, and
 * those of clusters that they are peered with, so that one costs the same in any fleet. Checks that compare all clusters
 * (overlapping ranges of those that are not selected) run where everything is loaded, as in CI.
 *
 * @throws DefinitionError with every problem there is, if one of them is an error.
 */
export function loadFleet(options: LoadOptions): Fleet {
  return buildFleet(resolveFleet(options));
}

/** Builds the clusters of definitions that were checked. */
export function buildFleet({ layers, resolved, rollouts, selected, warnings }: ResolvedFleet): Fleet {
  const clusters = selected.flatMap((file) => {
    const { subject } = file;
    if (subject === undefined) return [];
    const { adoption: adopted } = readAdoption(layers.files, subject.definition.meta.CLUSTER_NAME);
    const cluster = buildCluster(subject, file.layers, peersOf(subject, resolved), releaseProgram(file, resolved));
    return adopted === undefined ? cluster : { ...cluster, adopted };
  });
  const accounts = [...layers.everyRead()].flatMap(({ folder, name }) =>
    folder === "accounts" ? (layers.account(name).own ?? []) : [],
  );
  return {
    clusters: clusters.sort((a, b) => compareText(a.name, b.name)),
    accounts,
    warnings,
    support: layers.support,
    rollouts,
  };
}

/** The selected clusters, checked but not built. */
export interface ResolvedFleet {
  readonly layers: Layers;
  readonly selected: readonly ResolvedFile[];
  /** The selected clusters, and those that they are peered with. */
  readonly resolved: readonly ResolvedFile[];
  readonly rollouts: Rollouts | undefined;
  readonly warnings: readonly Problem[];
}

/**
 * Loads definitions up to the rules: each with its file, the layers that it uses and the tree that they make together.
 *
 * @throws DefinitionError with every problem there is, if one of them is an error.
 */
export function resolveFleet(options: LoadOptions): ResolvedFleet {
  const { files: _, problems, ...fleet } = checkFleet(options);
  if (problems.some(({ severity }) => severity === "error")) throw new DefinitionError(problems);
  return { ...fleet, warnings: problems };
}

/** Definitions that may have errors: the trees of those that could be read, and all problems. */
export interface CheckedFleet extends Omit<ResolvedFleet, "warnings"> {
  /** The files of the selected clusters, those too that cannot be read. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Does the same for definitions that may have errors.
 *
 * @throws DefinitionError if there is no definition
 */
export function checkFleet(options: LoadOptions): CheckedFleet {
  const ofExtensions = extensionProblems();
  // Without them, the schema of definitions is another one: nothing else can be judged.
  if (ofExtensions.some(({ severity }) => severity === "error")) throw new DefinitionError(ofExtensions);
  try {
    const fleet = checkDefinitionFiles(options);
    return { ...fleet, problems: inReadingOrder([...ofExtensions, ...fleet.problems]) };
  } catch (error) {
    throw error instanceof ExtensionError ? new DefinitionError(error.problems) : error;
  }
}

function checkDefinitionFiles(options: LoadOptions): CheckedFleet {
  const files = new DefinitionFiles(options.directory, options.shipped);
  const every = files.clusterFiles();
  const missing = missingDirectory(files, every, options);
  if (missing !== undefined) throw new DefinitionError([...files.folderProblems(), missing]);

  const layers = new Layers(files);
  const byProgram = new LayersByProgram(layers);
  const chosen = select(every, options.select);
  const problems: Problem[] = [...chosen.problems];
  const resolve = (paths: readonly string[]): ResolvedFile[] =>
    inBatches(paths).flatMap((batch) => {
      const read = batch.flatMap((file) => {
        const { problems: wrong, root } = readDefinition(file); // not kept: of a thousand files only what they resolve to stays
        problems.push(...wrong);
        return root === undefined ? [] : [{ file, nameOfFile: nameOfFile(file), root }];
      });
      const kinds = [...new Set(read.map(({ root }) => byProgram.of(root)))];
      return kinds.flatMap((kind) =>
        resolveDefinitions(
          read.filter(({ root }) => byProgram.of(root) === kind),
          kind.layers,
          options.today,
        ),
      );
    });
  const selected = resolve(chosen.files);
  const peers = resolve(peerFiles(selected, every, chosen.files)).map(withoutWarnings);
  const resolved = [...selected, ...peers];
  const exceptions =
    options.select === undefined || options.base !== undefined ? readExceptions(files, options.today) : undefined;
  if (options.select === undefined) {
    layers.readAll();
    problems.push(...(exceptions?.problems ?? []));
    problems.push(...pipelineOwnerProblems(layers, selected), ...pipelineAccountProblems(layers));
    problems.push(...files.misnamed(), ...layerProblems(layers), ...digestProblems(layers));
    problems.push(...strayAdoptions(files));
  }
  const rollouts = options.select === undefined ? readRollouts(files) : undefined;
  problems.push(
    ...files.folderProblems(),
    ...byProgram.problems(),
    ...selected.flatMap(({ name }) => readAdoption(files, name).problems),
    ...resolved.flatMap((each) => each.problems),
    ...fleetProblems({ ...options, layers, every, selected, resolved, rollouts, exceptions: exceptions?.exceptions }),
  );

  const found = { layers, selected, resolved, rollouts: rollouts?.value };
  return { ...found, files: chosen.files, problems: problems.map(withoutSecrets) };
}

/** Number of files that are resolved together. More save no time, and use memory. */
const BATCH = 32;

function inBatches(files: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(files.length / BATCH) }, (_, index) =>
    files.slice(index * BATCH, (index + 1) * BATCH),
  );
}

/** Files of clusters that are not selected, but that a selected one is peered with. */
function peerFiles(
  selected: readonly ResolvedDefinition[],
  every: readonly string[],
  chosen: readonly string[],
): readonly string[] {
  const named = new Set(selected.flatMap(({ subject }) => (subject === undefined ? [] : peeredClusters(subject))));
  return every.filter((file) => named.has(nameOfFile(file)) && !chosen.includes(file));
}

/** A cluster that is only named by another one: its errors stop the run, its warnings appear in its own runs. */
function withoutWarnings(resolved: ResolvedFile): ResolvedFile {
  return { ...resolved, problems: resolved.problems.filter(({ severity }) => severity === "error") };
}

/** Returns the number of clusters to load, by their files' names alone: nothing is read or checked. */
export function countClusters({ directory, shipped, select: selection }: Omit<LoadOptions, "today">): number {
  const files = new DefinitionFiles(directory, shipped);
  return files.exists() ? select(files.clusterFiles(), selection).files.length : 0;
}

function missingDirectory(
  files: DefinitionFiles,
  clusters: readonly string[],
  { withoutClusters }: LoadOptions,
): Problem | undefined {
  const missing = files.missing();
  if (missing !== undefined || clusters.length > 0 || withoutClusters) return missing;
  return {
    rule: "definitions-directory",
    severity: "error",
    place: null,
    path: "DEFINITIONS_DIR",
    message: `${JSON.stringify(files.directory)} contains no cluster. fleet new <CLUSTER_NAME> writes one`,
  };
}
