import type { StackName } from "../../fleet/model/stacks";
import { valueAt } from "../../language/plain-map";
import type { StackContent } from "../resources/resource";
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
    const states = new Map(
      after.resources
        .filter(({ type, mode }) => mode === "data" && type === "terraform_remote_state")
        .map(({ address, body }) => [address, stateOf(body["config"])]),
    );
    const diff = diffStack(before, after, ({ address, path }) =>
      byState.get(states.get(address) ?? "")?.changing(path),
    );
    const own = stateOf(after.backend?.settings);
    if (own !== undefined) byState.set(own, diff);
    return { ...diff, kind, stack: after.stack };
  });
}

function stateOf(settings: unknown): string | undefined {
  const [bucket, key] = [valueAt(settings, "bucket"), valueAt(settings, "key")];
  return key === undefined ? undefined : `${String(bucket)}/${String(key)}`;
}
