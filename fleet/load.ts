import { buildCluster } from "./build-cluster";
import { accountProblems, layerProblems } from "./checks/layers";
import { nameProblems } from "./checks/names";
import { overlapProblems } from "./checks/overlaps";
import { poolProblems } from "./checks/pools";
import type { Cluster } from "./cluster";
import { DefinitionFiles, nameOfFile } from "./files";
import { Layers } from "./layers";
import { compareText, DefinitionError, inReadingOrder, type Problem } from "./problem";
import { readDefinition } from "./read-definition";
import { type ResolvedDefinition, resolveDefinition } from "./resolve";
import { withoutSecrets } from "./secrets";
import { select } from "./select";

export interface LoadOptions {
  /** The directory of definitions, as it is shown in messages. */
  readonly directory: string;
  /** The definitions that come with the program. */
  readonly shipped: string;
  /** Names or globs, separated by commas; undefined for every cluster. */
  readonly select?: string | undefined;
  /** The day of the run, YYYY-MM-DD: it makes warnings, never errors or output. */
  readonly today: string;
}

export interface Fleet {
  /** In order of their names. */
  readonly clusters: readonly Cluster[];
  readonly warnings: readonly Problem[];
}

/**
 * Loads definitions, lays their layers, checks them. With a selection only the selected clusters' files are read, so that one
 * costs the same in any fleet; what needs every cluster (overlapping ranges of those that are not selected) is checked where
 * everything is loaded, as CI does.
 *
 * @throws DefinitionError with every problem there is, if one of them is an error.
 */
export function loadFleet(options: LoadOptions): Fleet {
  const files = new DefinitionFiles(options.directory, options.shipped);
  const every = files.clusterFiles();
  const missing = missingDirectory(files, every);
  if (missing !== undefined) throw new DefinitionError([missing]);

  const layers = new Layers(files);
  const chosen = select(every, options.select);
  const problems: Problem[] = [...chosen.problems];
  const resolved: ResolvedDefinition[] = [];
  for (const file of chosen.files) {
    const read = readDefinition(file); // not kept: of a thousand files only what they resolve to stays
    problems.push(...read.problems);
    if (read.root !== undefined)
      resolved.push(resolveDefinition(file, nameOfFile(file), read.root, layers, options.today));
  }
  if (options.select === undefined) {
    layers.readAll();
    problems.push(...files.misnamed(), ...layerProblems(layers));
  }
  problems.push(...layers.problems, ...accountProblems(layers), ...resolved.flatMap((each) => each.problems));
  const names = every.map(nameOfFile);
  problems.push(
    ...nameProblems(every, resolved),
    ...overlapProblems(resolved, names),
    ...poolProblems(resolved, names),
  );

  const told = inReadingOrder(problems.map(withoutSecrets));
  if (told.some(({ severity }) => severity === "error")) throw new DefinitionError(told);
  const clusters = resolved.flatMap(({ subject }) => (subject === undefined ? [] : buildCluster(subject, layers)));
  return { clusters: clusters.sort((a, b) => compareText(a.name, b.name)), warnings: told };
}

/** How many clusters there are to load, by their files' names alone: nothing is read or checked. */
export function countClusters({ directory, shipped, select: selection }: Omit<LoadOptions, "today">): number {
  const files = new DefinitionFiles(directory, shipped);
  return files.exists() ? select(files.clusterFiles(), selection).files.length : 0;
}

function missingDirectory(files: DefinitionFiles, clusters: readonly string[]): Problem | undefined {
  const problem = (message: string): Problem => ({ severity: "error", place: null, path: "DEFINITIONS_DIR", message });
  const directory = JSON.stringify(files.directory);
  if (!files.exists()) return problem(`there is no directory ${directory}`);
  if (clusters.length > 0) return undefined;
  return problem(`${directory} has no cluster: put each into a file clusters/<CLUSTER_NAME>.yaml of it`);
}
