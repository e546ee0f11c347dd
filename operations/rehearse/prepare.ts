import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "../../fleet/model/cluster";
import { STACKS, stackId } from "../../fleet/model/stacks";
import { loadWithPeers, peersFirst } from "../../fleet/peers";
import { BaseError } from "../../fleet/programs/git";
import { compareText } from "../../language/problem";
import { slugOf } from "../../language/words/names";
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
  const allNow = loadWithPeers(namesOf(now), (each) => loadCurrent(options, each));
  await synthesize(after, allNow, options);
  const then = base === null ? NOTHING : await synthesizeBase(options, base, names, namesOf(allNow));
  const all = new Set([...namesOf(now), ...(names ?? then.names).filter((name) => then.names.includes(name))]);
  // The network of a peer is applied as the base has it.
  const networks = [...new Map([...allNow, ...then.clusters].map((each) => [each.name, each])).values()];
  return {
    base: base && { commit: base.commit, ref: base.ref },
    rehearsals: [...all].sort(compareText).map((name) => {
      const current = now.find((cluster) => cluster.name === name);
      const earlier = then.clusters.find((cluster) => cluster.name === name);
      const versions = [current, earlier].filter((each) => each !== undefined);
      const direct = new Set(versions.flatMap(({ peers }) => namesOf(peers)));
      const peers = peersFirst(
        networks.filter((each) => direct.has(each.name)),
        networks,
      );
      return {
        cluster: name,
        slug: slugOf(name),
        before: then.names.includes(name) ? then.output : undefined,
        after: current && after,
        peers: peers.filter((peer) => peer.name !== name).map(({ slug }) => slug),
      };
    }),
  };
}

const namesOf = (clusters: readonly { readonly name: string }[]): string[] => clusters.map(({ name }) => name);

/** The base's stacks. */
interface BaseStacks {
  /** Clusters that the base has. */
  readonly names: readonly string[];
  /** The same and those whose networks they read, as this program reads them; empty if the base has its own program. */
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
  const clusters = loadWithPeers(wanted, load);
  const output = join(work, "before");
  await synthesize(output, clusters, base);
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
