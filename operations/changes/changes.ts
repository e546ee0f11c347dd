import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster } from "../../fleet/model/cluster";
import { changedBelow } from "../../fleet/programs/changed-program";
import { DefinitionFiles, nameOfFile } from "../../fleet/read/files";
import { select as selectFiles } from "../../fleet/read/select";
import { compareText, DefinitionError, type Problem } from "../../language/problem";
import { Synthesizer } from "../../synth/synthesizer";
import { withCleanUp } from "../../synth/whole-output";
import { type BaseVersion, openBase, type Workspace } from "../base/open-base";
import { runBase } from "../base/run-base";
import { type BaseText, clusterNames, MOST_MESSAGES, type Refused } from "./load-base";
import { type CurrentClusters, openCurrent } from "./load-current";
import { type ClusterPair, pairs } from "./pairs";
import { type LoadingBase, startLoadingBase } from "./start-loading-base";
import { VersionStacks, withFingerprint } from "./version-stacks";
import { versionsInStacks } from "./versions-in-stacks";

/** The two versions in a comparison. */
export interface ComparedBase {
  readonly ref: string;
  readonly commit: string;
  /** `other`: the base's JSON comes from the base's own program. */
  readonly program: "other" | "same";
  /** False if the base has no definitions in this folder, so that every cluster is new. */
  readonly has_definitions: boolean;
  readonly refused: Refused | undefined;
}

/** The clusters of the base and of the working tree. */
export interface Changes {
  readonly base: ComparedBase;
  /** Errors in the working tree's definitions; undefined if they have none. Clusters with errors are not compared. */
  readonly refused: Refused | undefined;
  /** Number of clusters of either version, changed or not, or refused. */
  readonly compared: number;
  /** Changes that EKS would refuse: a Kubernetes version that skips a minor version or goes back. */
  readonly errors: readonly Problem[];
  /**
   * Both versions of the clusters, in order of their names, each as soon as it is built. With the same program, only those whose
   * resolved definitions differ.
   */
  readonly pairs: AsyncIterable<ClusterPair>;
}

/** Input of a comparison. */
export interface Comparison extends Workspace {
  /** The commit to compare with; by default the merge base with the main branch. */
  readonly ref?: string | undefined;
  /** Names or globs, separated by commas; undefined for every cluster. */
  readonly select?: string | undefined;
  /** The day of the run, YYYY-MM-DD. */
  readonly today: string;
  /** Receives a description of the next step. */
  readonly onStep?: (step: string) => void;
}

/**
 * Builds the stacks of two versions of the repository, and calls back with them. With the same program, only clusters whose resolved
 * definitions differ are synthesized.
 *
 * @throws DefinitionError if all of the working tree's definitions are refused; BaseError if the base cannot be opened
 */
export async function withChanges<Result>(
  comparison: Comparison,
  use: (changes: Changes) => Promise<Result> | Result,
): Promise<Result> {
  const { onStep = () => {}, ref } = comparison;
  const base = openBase(comparison, ref);
  const names = selectedNames(comparison, base);
  const work = mkdtempSync(join(tmpdir(), "fleet-"));
  const removeWork = (): void => rmSync(work, { recursive: true, force: true });
  return withCleanUp(removeWork, async () => {
    const before = new VersionStacks(join(work, "before"));
    const after = new VersionStacks(join(work, "after"));
    const opened = { base, names, comparison, onStep };
    try {
      const changes = await (base.checkout === undefined
        ? compareDefinitions(opened, before, after)
        : comparePrograms(opened, after));
      return await use(changes);
    } finally {
      await Promise.all([before.stop(), after.stop()]);
    }
  });
}

interface Opened {
  readonly base: BaseVersion;
  /** The selected clusters of either version; undefined for all. */
  readonly names: readonly string[] | undefined;
  readonly comparison: Comparison;
  readonly onStep: (step: string) => void;
}

/** Both versions are read by this program. */
async function compareDefinitions(opened: Opened, before: VersionStacks, after: VersionStacks): Promise<Changes> {
  const { base, names, comparison } = opened;
  const { directory, shipped } = base;
  const loading = startLoadingBase({ base: { directory, shipped }, names, today: comparison.today });
  try {
    after.expect(expectedChanges(comparison, base, names), comparison);
    return await compareClusters(opened, currentOf(opened), loading, before, after);
  } finally {
    loading.stop();
  }
}

async function compareClusters(
  { base, comparison, onStep }: Opened,
  { clusters: now, refused: refusedHere, refusedSteps }: CurrentClusters,
  loading: LoadingBase,
  before: VersionStacks,
  after: VersionStacks,
): Promise<Changes> {
  const leftOut = new Set(refusedHere?.clusters);
  const later = new Map(now.map((cluster) => [cluster.name, withFingerprint(cluster)]));
  // The same program writes the same stacks for the same text.
  const isChanged = ({ fingerprint, name }: BaseText): boolean =>
    !leftOut.has(name) && later.get(name)?.fingerprint !== fingerprint;
  const { clusters: then, refused } = await loading.loaded(({ clusters }) =>
    before.areStored(clusters.filter(isChanged)),
  );
  const unknown = new Set(refused?.clusters.filter((name) => !leftOut.has(name)));
  const earlier = new Map(then.map((cluster) => [cluster.name, cluster]));
  const differing = [...later.values()].filter(
    (cluster) => earlier.get(cluster.name)?.fingerprint !== cluster.fingerprint,
  );
  const replaced = then.filter(isChanged);
  const names = [...new Set([...differing, ...replaced].map(({ name }) => name))];
  if (names.length > 0) onStep(`synthesize ${names.length} changed clusters`);
  before.startWritten(replaced, base);
  await before.allReady();
  after.startWritten(differing, comparison);
  return {
    errors: refusedSteps(new Map(then.map(({ name, kubernetesVersion }) => [name, kubernetesVersion]))),
    base: compared(base, refused),
    refused: refusedHere,
    compared: new Set([...earlier.keys(), ...later.keys(), ...unknown, ...leftOut]).size,
    pairs: pairs([...new Set([...names, ...unknown])], { before, after, unknown }),
  };
}

/** Loads the working tree, which may have no cluster if the base has some. */
function currentOf({ base, comparison, names }: Opened): CurrentClusters {
  return openCurrent({ ...comparison, withoutClusters: clusterNames(base).length > 0 }, names);
}

/** Files that belong to many clusters, relative to the definitions. */
const LAYERS = /^(?:(?:channels|defaults)\.yaml$|(?:accounts|releases|tiers)\/)/;

/** Returns how many clusters the changed files can change, without reading them. */
function expectedChanges(
  { directory }: Comparison,
  { commit }: BaseVersion,
  names: readonly string[] | undefined,
): number {
  if (!existsSync(directory)) return 0;
  const changed = changedBelow(directory, commit, ".");
  if (!changed.some((file) => LAYERS.test(file))) return changed.length;
  return names?.length ?? clusterNames({ directory, shipped: directory }).length;
}

/** The base's stacks come from its own program, so that every stack is compared. */
async function comparePrograms(opened: Opened, after: VersionStacks): Promise<Changes> {
  const { base, names, comparison, onStep } = opened;
  const { clusters: now, refused: refusedHere, refusedSteps } = currentOf(opened);
  const every = clusterNames(base);
  const then = names === undefined ? every : every.filter((name) => names.includes(name));
  onStep(`synthesize ${then.length} clusters of ${base.ref} by the program of that version`);
  const run =
    then.length === 0
      ? { refused: [] }
      : await runBase(base, comparison.program, names === undefined ? undefined : then);
  onStep(`synthesize ${now.length} clusters`);
  after.start(now, comparison);
  const refused =
    "refused" in run && then.length > 0
      ? { clusters: [...then].sort(compareText), messages: run.refused.slice(0, MOST_MESSAGES) }
      : undefined;
  const all = [...new Set([...then, ...now.map(({ name }) => name), ...(refusedHere?.clusters ?? [])])];
  return {
    errors: refusedSteps("output" in run ? versionsInStacks(run.output, then) : new Map()),
    base: compared(base, refused),
    refused: refusedHere,
    compared: all.length,
    pairs: pairs(refusedHere === undefined ? all : all.filter((name) => !refusedHere.clusters.includes(name)), {
      before: new VersionStacks("output" in run ? run.output : join(after.folder, "none")),
      after,
      unknown: new Set(refused?.clusters ?? []),
    }),
  };
}

function compared(base: BaseVersion, refused: Refused | undefined): ComparedBase {
  const { checkout, commit, directory, ref } = base;
  return {
    ref,
    commit,
    program: checkout === undefined ? "same" : "other",
    has_definitions: directory !== undefined,
    refused,
  };
}

/** Returns the names of the selected clusters, which may be in either version; undefined for every cluster. */
export function selectedNames(
  { directory, select, shipped }: Pick<Comparison, "directory" | "select" | "shipped">,
  base: Pick<BaseVersion, "directory" | "shipped">,
): readonly string[] | undefined {
  if (select === undefined) return undefined;
  const files = new DefinitionFiles(directory, shipped);
  const known = [...new Set([...(files.exists() ? files.clusterFiles().map(nameOfFile) : []), ...clusterNames(base)])];
  const missing = known.length === 0 ? files.missing() : undefined;
  if (missing !== undefined) throw new DefinitionError([missing]);
  const chosen = selectFiles(
    known.sort(compareText).map((name) => `${name}.yaml`),
    select,
  );
  if (chosen.problems.length > 0) throw new DefinitionError(chosen.problems);
  return chosen.files.map(nameOfFile);
}

/**
 * Writes the stacks of clusters, if there are any.
 *
 * @param source where the clusters were loaded from
 */
export async function synthesize(
  outdir: string,
  clusters: readonly Cluster[],
  { directory, shipped }: Pick<BaseVersion, "directory" | "shipped">,
): Promise<void> {
  if (clusters.length === 0) return;
  const definitions = directory === undefined ? undefined : { directory, shipped };
  const synthesizer = new Synthesizer(outdir, clusters.length, { definitions });
  try {
    await synthesizer.write(clusters, { all: true });
  } finally {
    synthesizer.close();
  }
}
