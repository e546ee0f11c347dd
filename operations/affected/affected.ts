import { STACKS } from "../../fleet/model/stacks";
import { compareText, formatProblem } from "../../language/problem";
import { type Changes, type Comparison, withChanges } from "../changes/changes";
import type { ClusterPair, StackPair } from "../changes/pairs";
import { type ClusterStackDiff, diffCluster } from "../diff/cluster-diff";
import { stackContent } from "../resources/read-stack";
import { referencesIn } from "../resources/references";
import type { StackContent } from "../resources/resource";
import { stateKeyOf, statesReadBy } from "../resources/states";
import { type Node, shards, waves } from "./order";
import type { AffectedReport, AffectedStack } from "./report";

/** Jobs of a matrix on GitHub. */
export const MOST_SHARDS = 256;

/**
 * Returns the stacks that a change affects: those whose JSON differs, those that read a changed output, and those that are gone.
 *
 * @param most number of shards; by default one for each group of stacks that depend on each other, up to 256
 */
export function affectedStacks(comparison: Comparison, most = MOST_SHARDS): Promise<AffectedReport> {
  return withChanges(comparison, (changes) => affectedBy(changes, most));
}

/** Returns the stacks that changes affect. */
export async function affectedBy(
  { base, errors, pairs, refused }: Omit<Changes, "compared">,
  most: number,
): Promise<AffectedReport> {
  const found = new Affected();
  for await (const pair of pairs) found.add(pair);
  return {
    version: 1,
    base: { ...base, refused: base.refused ?? null },
    errors: errors.map(formatProblem),
    refused: refused ?? null,
    ...found.result(most),
  };
}

interface Found extends Omit<AffectedStack, "wave"> {
  /** State of the stack, and the states that it reads. */
  readonly state: string | undefined;
  readonly reads: readonly string[];
}

class Affected {
  private readonly found = new Map<string, Found>();
  /** State of a stack -> whether a part of its outputs changes. */
  private readonly producers = new Map<string, ClusterStackDiff>();
  /** Stacks that are the same in both versions, but may read what changes. */
  private readonly others: { readonly cluster: string; readonly pair: StackPair }[] = [];

  add({ cluster, stacks, status }: ClusterPair): void {
    if (status === "same") {
      for (const pair of stacks) this.others.push({ cluster, pair });
      return;
    }
    if (status !== "changed") {
      const reasons = [WHOLE_CLUSTER[status]];
      for (const pair of stacks) {
        const isGone = pair.after === undefined;
        const why = status === "unknown" && isGone ? [`${reasons[0]}. Its definition is gone now`] : reasons;
        const content = contentOf(pair.stack, pair.after ?? pair.before);
        this.list(cluster, pair, content, isGone ? "destroy" : "apply", why);
      }
      return;
    }
    const versions = stacks.map((pair) => {
      const before = contentOf(pair.stack, pair.before);
      return {
        pair,
        kind: pair.kind,
        before,
        after: pair.before === pair.after ? before : contentOf(pair.stack, pair.after),
      };
    });
    const diffs = diffCluster(versions);
    for (const [index, { after, before, pair }] of versions.entries()) {
      const diff = diffs[index];
      const state = stateKeyOf(after);
      if (diff !== undefined && diff.outputs.length > 0 && state !== undefined) this.producers.set(state, diff);
      if (pair.before === pair.after) this.others.push({ cluster, pair });
      else if (pair.after === undefined)
        this.list(cluster, pair, before, "destroy", ["the cluster's definition no longer has the stack"]);
      else this.list(cluster, pair, after, "apply", diff === undefined ? [] : differenceReasons(diff));
    }
  }

  result(most: number): Pick<AffectedReport, "shards" | "stacks"> {
    const keys = new Set([...this.producers.keys()].map(keyOf));
    for (const { cluster, pair } of this.others) {
      if (!readsAny(pair.after, keys)) continue;
      const content = contentOf(pair.stack, pair.after);
      const reasons = this.changedInputs(content);
      if (reasons.length > 0) this.list(cluster, pair, content, "apply", reasons);
    }
    const stacks = this.ordered();
    const nodes = this.nodes(stacks);
    const waveOf = waves(nodes);
    const sorted = stacks
      .map(({ reads: _, state: __, ...stack }) => ({ ...stack, wave: waveOf.get(stack.stack) ?? 0 }))
      .sort((a, b) => a.wave - b.wave);
    const byStack = new Map(nodes.map((node) => [node.stack, node]));
    const inOrder = sorted.flatMap(({ stack }) => byStack.get(stack) ?? []);
    return {
      stacks: sorted,
      shards: shards(inOrder, most).map((each, index) => ({ index, ...each, stacks: [...each.stacks] })),
    };
  }

  private list(
    cluster: string,
    { kind, stack }: StackPair,
    content: StackContent,
    action: AffectedStack["action"],
    reasons: readonly string[],
  ): void {
    const resources = content.resources.filter(({ mode }) => mode === "managed").length;
    const state = stateKeyOf(content);
    const reads = [...statesReadBy(content).values()];
    this.found.set(stack, { stack, cluster, kind, action, reasons, resources, state, reads });
  }

  /** Returns the reasons why a stack with unchanged JSON is affected: changed outputs that it reads. */
  private changedInputs(content: StackContent): string[] {
    const states = statesReadBy(content);
    const reasons = content.resources.flatMap(({ body }) =>
      referencesIn(body, states).flatMap(({ address, path }) => {
        const producer = this.producers.get(states.get(address) ?? "");
        return producer?.changing(path) === undefined
          ? []
          : [`reads output ${path[1]} of ${producer.stack}, which changes`];
      }),
    );
    return [...new Set(reasons)];
  }

  /** Stacks in order of their clusters; those to destroy come last, each cluster's in the opposite order. */
  private ordered(): Found[] {
    const place = ({ action, kind }: Found): number => (action === "apply" ? 1 : -1) * STACKS.indexOf(kind);
    return [...this.found.values()].sort(
      (a, b) => compareText(a.action, b.action) || compareText(a.cluster, b.cluster) || place(a) - place(b),
    );
  }

  /** Orders the stacks: apply runs after the stacks whose outputs are read, destroy before them. */
  private nodes(stacks: readonly Found[]): Node[] {
    const owners = new Map(stacks.flatMap((each) => (each.state === undefined ? [] : [[each.state, each] as const])));
    const after = new Map<string, string[]>(stacks.map(({ stack }) => [stack, []]));
    const waits = (stack: string, other: string): unknown => after.get(stack)?.push(other);
    for (const reader of stacks) {
      for (const state of reader.reads) {
        const producer = owners.get(state);
        if (producer === undefined || producer === reader) continue;
        if (producer.action === "apply") waits(reader.stack, producer.stack);
        else waits(producer.stack, reader.stack);
      }
    }
    // A cluster's stacks wait for each other even if they read nothing, as an access entry and its nodes.
    for (const own of grouped(stacks).values())
      for (const [index, { stack }] of own.entries()) if (index > 0) waits(stack, own[index - 1]?.stack ?? "");
    return stacks.map(({ resources, stack }) => ({ stack, resources, after: after.get(stack) ?? [] }));
  }
}

function grouped(stacks: readonly Found[]): Map<string, Found[]> {
  const groups = new Map<string, Found[]>();
  for (const each of stacks) groups.set(each.cluster, [...(groups.get(each.cluster) ?? []), each]);
  return groups;
}

const WHOLE_CLUSTER = {
  added: "the cluster is new",
  removed: "the definition of the cluster is gone",
  unknown: "the cluster's definition at the base is refused, so that nothing can be compared",
} as const;

/** Returns the key of a state in its bucket. */
function keyOf(state: string): string {
  return state.slice(state.indexOf("/") + 1);
}

/** True if a stack's JSON names one of some states, so that it is worth parsing. */
function readsAny(text: string | undefined, keys: ReadonlySet<string>): boolean {
  if (text === undefined || keys.size === 0) return false;
  return [...text.matchAll(/"key"\s*:\s*"([^"]*)"/g)].some(([, key = ""]) => keys.has(key));
}

function contentOf(stack: string, text: string | undefined): StackContent {
  return stackContent(stack, text === undefined ? {} : (JSON.parse(text) as Record<string, unknown>));
}

/** Describes the differences in a stack. */
function differenceReasons({ changes, outputs, providers }: ClusterStackDiff): string[] {
  const names = (all: readonly string[]): string => all.join(", ");
  const reasons = [
    ...(changes.length === 0
      ? []
      : [changes.length === 1 ? "1 resource changes" : `${changes.length} resources change`]),
    ...(outputs.length === 0 ? [] : [`outputs change: ${names(outputs.map(({ output }) => output))}`]),
    ...(providers.length === 0 ? [] : [`settings change: ${names(providers.map(({ provider }) => provider))}`]),
  ];
  return reasons.length > 0 ? reasons : ["its JSON differs, but no resource"];
}
