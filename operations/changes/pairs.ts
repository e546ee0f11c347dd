import { slugOf } from "../../fleet/model/cluster";
import { STACKS, type StackName, stackId } from "../../fleet/model/stacks";
import { isOwnStack } from "../../fleet/stacks/stack-names";
import { compareText } from "../../language/problem";
import type { VersionStacks } from "./version-stacks";

/** A stack in both versions: the text of its JSON, undefined where the version does not have the stack. */
export interface StackPair {
  readonly stack: string;
  readonly kind: StackName;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A cluster whose stacks differ. `unknown`: its definition at the base is refused, so that only the new stacks are known. */
export interface ClusterChange {
  readonly cluster: string;
  readonly status: "added" | "changed" | "removed" | "unknown";
  /** All stacks, in the order in which they are applied. */
  readonly stacks: readonly StackPair[];
}

/** Both versions of clusters, one cluster after another. */
export interface Pairs {
  /** Reads the changed clusters, in order of their names. */
  each(): Iterable<ClusterChange>;
  /** Reads clusters whose stacks were compared and are equal. With the same program, most clusters are not compared at all. */
  equal(): Iterable<Pick<ClusterChange, "cluster" | "stacks">>;
}

interface Outputs {
  readonly before: VersionStacks;
  readonly after: VersionStacks;
  /** Clusters whose definitions at the base are refused. */
  readonly unknown: ReadonlySet<string>;
}

/** Reads the stacks of clusters in both versions. */
export function pairs(names: readonly string[], outputs: Outputs): Pairs {
  const sorted = [...names].sort(compareText);
  const isEqual = (cluster: string, stacks: readonly StackPair[]): boolean =>
    !outputs.unknown.has(cluster) && stacks.every(({ before, after }) => before === after);
  return {
    *each() {
      for (const cluster of sorted) {
        const stacks = stacksOf(cluster, outputs);
        if (!isEqual(cluster, stacks)) yield { cluster, status: statusOf(cluster, stacks, outputs.unknown), stacks };
      }
    },
    *equal() {
      for (const cluster of sorted) {
        const stacks = stacksOf(cluster, outputs);
        if (isEqual(cluster, stacks)) yield { cluster, stacks };
      }
    },
  };
}

function stacksOf(cluster: string, outputs: Outputs): readonly StackPair[] {
  const before = outputs.before.textsOf(cluster);
  const after = outputs.after.textsOf(cluster);
  return STACKS.map((kind) => ({
    stack: stackId(slugOf(cluster), kind),
    kind,
    before: before.get(kind),
    after: after.get(kind),
    // A cluster need not have a stack of `extensions/`.
  })).filter((pair) => !isOwnStack(pair.kind) || pair.before !== undefined || pair.after !== undefined);
}

function statusOf(
  cluster: string,
  stacks: readonly StackPair[],
  unknown: ReadonlySet<string>,
): ClusterChange["status"] {
  if (unknown.has(cluster)) return "unknown";
  if (stacks.every(({ before }) => before === undefined)) return "added";
  return stacks.every(({ after }) => after === undefined) ? "removed" : "changed";
}
