import { setImmediate as nextTurn } from "node:timers/promises";
import { STACKS, type StackName, stackId } from "../../fleet/model/stacks";
import { isOwnStack } from "../../fleet/stacks/stack-names";
import { compareText } from "../../language/problem";
import { slugOf } from "../../language/words/names";
import type { VersionStacks } from "./version-stacks";

/** A stack in both versions: the text of its JSON, undefined where the version does not have the stack. */
export interface StackPair {
  readonly stack: string;
  readonly kind: StackName;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * A cluster in both versions. `same`: its stacks are equal. `unknown`: its definition at the base is refused, so that only the new
 * stacks are known.
 */
export interface ClusterPair {
  readonly cluster: string;
  readonly status: "added" | "changed" | "removed" | "same" | "unknown";
  /** All stacks, in the order in which they are applied. */
  readonly stacks: readonly StackPair[];
}

interface Outputs {
  readonly before: VersionStacks;
  readonly after: VersionStacks;
  /** Clusters whose definitions at the base are refused. */
  readonly unknown: ReadonlySet<string>;
}

/** Reads the stacks of clusters in both versions, one cluster after another, each as soon as it is built. */
export async function* pairs(
  names: readonly string[],
  { before, after, unknown }: Outputs,
): AsyncGenerator<ClusterPair> {
  for (const cluster of [...names].sort(compareText)) {
    await Promise.all([before.ready(cluster), after.ready(cluster)]);
    await nextTurn(); // results from build processes must not wait for the comparisons
    const stacks = stacksOf(cluster, before, after);
    yield { cluster, status: statusOf(cluster, stacks, unknown), stacks };
  }
}

function stacksOf(cluster: string, earlier: VersionStacks, later: VersionStacks): readonly StackPair[] {
  const [before, after] = [earlier.takeTexts(cluster), later.takeTexts(cluster)];
  return STACKS.map((kind) => ({
    stack: stackId(slugOf(cluster), kind),
    kind,
    before: before.get(kind),
    after: after.get(kind),
    // A cluster need not have a stack of `extensions/`.
  })).filter((pair) => !isOwnStack(pair.kind) || pair.before !== undefined || pair.after !== undefined);
}

function statusOf(cluster: string, stacks: readonly StackPair[], unknown: ReadonlySet<string>): ClusterPair["status"] {
  if (unknown.has(cluster)) return "unknown";
  if (stacks.every(({ before, after }) => before === after)) return "same";
  if (stacks.every(({ before }) => before === undefined)) return "added";
  return stacks.every(({ after }) => after === undefined) ? "removed" : "changed";
}
