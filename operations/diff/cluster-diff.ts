import type { StackName } from "../../fleet/model/stacks";
import type { StackContent } from "../resources/resource";
import { stateKeyOf, statesReadBy } from "../resources/states";
import { diffStack, type StackDiff } from "./stack-diff";

/** Both versions of a stack. */
export interface StackVersions {
  readonly kind: StackName;
  readonly before: StackContent;
  readonly after: StackContent;
}

export interface ClusterStackDiff extends StackDiff {
  readonly kind: StackName;
  readonly stack: string;
}

/** Compares the stacks of a cluster, in the order in which they are applied: later ones read the outputs of earlier ones. */
export function diffCluster(stacks: readonly StackVersions[]): ClusterStackDiff[] {
  const byState = new Map<string, StackDiff>();
  return stacks.map(({ kind, before, after }) => {
    const states = statesReadBy(after);
    const diff = diffStack(before, after, ({ address, path }) =>
      byState.get(states.get(address) ?? "")?.changing(path),
    );
    const own = stateKeyOf(after);
    if (own !== undefined) byState.set(own, diff);
    return { ...diff, kind, stack: after.stack };
  });
}
