import type { StackName } from "../../fleet/model/stacks";
import type { StackContent } from "../resources/resource";
import { stateKeyOf, statesReadBy } from "../resources/states";
import { diffStack, type StackDiff } from "./stack-diff";
import type { Changing } from "./unknown";

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
  /** Key of a stack's state -> the stack's difference, if its outputs change. */
  const byState = new Map<string, StackDiff>();
  return stacks.map(({ kind, before, after }) => {
    const states = statesReadBy(after);
    const changing: Changing = ({ address, path }) => byState.get(states.get(address) ?? "")?.changing(path);
    const diff = diffStack(before, after, byState.size > 0 ? changing : undefined);
    const own = stateKeyOf(after);
    if (own !== undefined && diff.outputs.length > 0) byState.set(own, diff);
    return { ...diff, kind, stack: after.stack };
  });
}
