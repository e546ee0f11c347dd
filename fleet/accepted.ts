import { relative } from "node:path";
import { compareText, DefinitionError, type Problem } from "../language/problem";
import { checkFleet, type LoadOptions, type ResolvedFleet } from "./load";
import { peeredClusters } from "./peers";
import { nameOfFile } from "./read/files";
import type { ResolvedFile } from "./resolve";

/** The selected clusters whose definitions are accepted, and what is wrong with the others. */
export interface AcceptedFleet extends ResolvedFleet {
  /** Names of the selected clusters that cannot be built, because their definitions or those of clusters that they are peered with have errors. */
  readonly refused: readonly string[];
  /** Those that have no error of their own. */
  readonly refusedForPeers: readonly string[];
  /** Every error; there may be some without a refused cluster, such as in `rollouts.yaml`. */
  readonly errors: readonly Problem[];
}

/**
 * Loads definitions for a question that has an answer without the clusters whose definitions have errors.
 *
 * @throws DefinitionError if no selected cluster is accepted, or if the selection is wrong
 */
export function resolveAccepted(options: LoadOptions): AcceptedFleet {
  const { files, problems, ...fleet } = checkFleet(options);
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity === "warning");
  if (errors.length === 0) return { ...fleet, warnings, errors, refused: [], refusedForPeers: [] };
  const sources = {
    folders: [options.directory, options.shipped],
    clusters: new Set(fleet.layers.files.clusterFiles()),
  };
  const sound = new Set(fleet.resolved.filter((each) => !isRefused(each, errors, sources)));
  const names = new Set([...sound].map(({ name }) => name));
  const selected = fleet.selected.filter(
    (each) =>
      each.subject !== undefined && sound.has(each) && peeredClusters(each.subject).every((peer) => names.has(peer)),
  );
  if (selected.length === 0 || errors.some(({ place }) => place === null)) throw new DefinitionError(problems);
  const accepted = new Set(selected.map(({ file }) => file));
  const refused = files
    .filter((file) => !accepted.has(file))
    .map(nameOfFile)
    .sort(compareText);
  return { ...fleet, selected, warnings, errors, refused, refusedForPeers: refused.filter((name) => names.has(name)) };
}

/** Where the files of definitions are. */
interface Sources {
  readonly folders: readonly string[];
  /** The files of all clusters. */
  readonly clusters: ReadonlySet<string>;
}

/** True if a cluster's definition makes no value, or if an error is in one of the files that it is built from. */
function isRefused(cluster: ResolvedFile, errors: readonly Problem[], sources: Sources): boolean {
  if (cluster.subject === undefined || cluster.problems.some(({ severity }) => severity === "error")) return true;
  return errors.some(({ clusters, place }) =>
    clusters === undefined ? place === null || mayShape(place.file, cluster, sources) : clusters.includes(cluster.name),
  );
}

/** Files that no stack is built from. */
const SHAPES_NOTHING = ["pipelines.yaml", "ranges.yaml", "rollouts.yaml", "seen-versions.yaml"];

/** True if a cluster may be built from a file. Every cluster may be built from a folder that cannot be read. */
function mayShape(file: string, cluster: ResolvedFile, { clusters, folders }: Sources): boolean {
  if (clusters.has(file)) return file === cluster.file;
  const path = folders.map((folder) => relative(folder, file)).find((each) => !each.startsWith(".."));
  const [folder = "", ...rest] = path?.split("/") ?? [];
  if (rest.length === 0) return !SHAPES_NOTHING.includes(folder);
  if (folder === "exceptions") return false;
  const users = { accounts: "account", tiers: "tier", releases: "release" } as const;
  if (folder === "adopted") return nameOfFile(file) === cluster.nameOfFile;
  return !(folder in users) || nameOfFile(file) === cluster.chosen[users[folder as keyof typeof users]];
}
