import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Cluster, slugOf } from "../../fleet/model/cluster";
import { STACKS, stackId } from "../../fleet/model/stacks";
import { BaseError } from "../../fleet/programs/git";
import { compareText } from "../../language/problem";
import { type BaseVersion, openBase, type Workspace } from "../base/open-base";
import { runBase } from "../base/run-base";
import { selectedNames, synthesize } from "../changes/changes";
import { clusterNames, loadBase } from "../changes/load-base";
import { loadCurrent } from "../changes/load-current";
import { stackFile } from "../resources/read-stack";
import type { Rehearsal } from "./rehearse";

export interface PrepareOptions extends Workspace {
  /** The commit whose stacks are applied first; undefined for the merge base with the main branch, null for none. */
  readonly ref: string | undefined | null;
  /** Names or globs, separated by commas; undefined for every cluster. */
  readonly select: string | undefined;
  /** The day of the run, YYYY-MM-DD. */
  readonly today: string;
  /** Both versions are synthesized into folders below it. */
  readonly work: string;
}

/** Both versions of the selected clusters, synthesized. */
export interface Prepared {
  /** Null if every cluster is applied from nothing. */
  readonly base: Pick<BaseVersion, "commit" | "ref"> | null;
  readonly rehearsals: readonly Rehearsal[];
}

/**
 * Synthesizes the selected clusters at the base and in the working tree, with the networks of the clusters that they are peered with.
 *
 * @throws DefinitionError if the working tree's definitions are refused; BaseError if the base cannot be opened, or if it
 * refuses its definitions
 */
export async function prepareRehearsals(options: PrepareOptions): Promise<Prepared> {
  const { ref, work } = options;
  for (const version of ["before", "after"]) rmSync(join(work, version), { recursive: true, force: true });
  const base = ref === null ? null : openBase(options, ref);
  const names = selectedNames(options, base ?? { directory: undefined, shipped: options.shipped });
  const now = loadCurrent(options, names);
  const after = join(work, "after");
  const others = peersOf(now).filter((name) => !now.some((cluster) => cluster.name === name));
  await synthesize(
    after,
    others.length === 0 ? now : loadCurrent(options, [...now.map(({ name }) => name), ...others]),
    options,
  );
  const then = base === null ? NOTHING : await synthesizeBase(options, base, names, peersOf(now));
  const all = new Set([
    ...now.map(({ name }) => name),
    ...(names ?? then.names).filter((name) => then.names.includes(name)),
  ]);
  return {
    base: base && { commit: base.commit, ref: base.ref },
    rehearsals: [...all].sort(compareText).map((name) => {
      const current = now.find((cluster) => cluster.name === name);
      const earlier = then.clusters.find((cluster) => cluster.name === name);
      const peers = new Set(peersOf([current, earlier].filter((each) => each !== undefined)));
      return {
        cluster: name,
        slug: slugOf(name),
        before: then.names.includes(name) ? then.output : undefined,
        after: current && after,
        peers: [...peers].sort(compareText).map(slugOf),
      };
    }),
  };
}

const peersOf = (clusters: readonly Cluster[]): string[] =>
  clusters.flatMap(({ peers }) => peers.map(({ name }) => name));

/** The base's stacks. */
interface BaseStacks {
  /** Clusters that the base has. */
  readonly names: readonly string[];
  /** The same as this program reads them; empty if the base has its own program. */
  readonly clusters: readonly Cluster[];
  readonly output: string | undefined;
}

const NOTHING: BaseStacks = { names: [], clusters: [], output: undefined };

async function synthesizeBase(
  { program, today, work }: PrepareOptions,
  base: BaseVersion,
  names: readonly string[] | undefined,
  peers: readonly string[],
): Promise<BaseStacks> {
  const every = clusterNames(base);
  const wanted = every.filter((name) => names === undefined || names.includes(name) || peers.includes(name));
  if (wanted.length === 0) return NOTHING;
  if (base.checkout !== undefined) {
    const run = await runBase({ ...base, checkout: base.checkout }, program, wanted);
    if ("refused" in run) throw refused(base, run.refused);
    return { names: wanted, clusters: [], output: run.output };
  }
  const load = (selected: readonly string[]) => {
    const loaded = loadBase(base, selected, today);
    if (loaded.refused !== undefined) throw refused(base, loaded.refused.messages);
    return loaded.clusters;
  };
  const clusters = load(wanted);
  const others = peersOf(clusters).filter((name) => !wanted.includes(name));
  const output = join(work, "before");
  await synthesize(output, others.length === 0 ? clusters : load([...wanted, ...others]), base);
  return { names: wanted, clusters, output };
}

function refused({ ref }: BaseVersion, messages: readonly string[]): BaseError {
  return new BaseError(
    `${ref} refuses its own definitions, so its stacks are not known. Name another base, or --base none to apply from nothing\n${messages.join("\n")}`,
  );
}

/** True if the JSON of a stack differs between the two versions of a cluster. */
export function differs({ slug, before, after }: Rehearsal): boolean {
  if (before === undefined || after === undefined) return true;
  return STACKS.some((stack) => {
    const [one, other] = [before, after].map((output) => {
      const file = stackFile(output, stackId(slug, stack));
      return existsSync(file) ? readFileSync(file, "utf8") : undefined;
    });
    return one !== other;
  });
}
