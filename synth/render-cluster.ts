import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { invokeAspects } from "cdktf/lib/synthesize/synthesizer";
import { withoutTraces } from "../cdktf/without-traces";
import type { Cluster } from "../fleet/model/cluster";
import { STACKS, type StackName } from "../fleet/model/stacks";
import { type ClusterPlan, planCluster } from "../fleet/plan/cluster-plan";
import { ClusterStack } from "../stacks/cluster-stack";
import { type ClusterStacks, type StepOptions, stackByStack } from "../stacks/cluster-stacks";
import { hasHook, hooked } from "../stacks/hook";

export type { ClusterStacks };

/** A stack as Terraform's JSON. */
export type StackJson = Readonly<Record<string, unknown>>;

export interface RenderOptions {
  readonly plan?: ClusterPlan;
  /** Stacks to render; by default all. */
  readonly only?: readonly StackName[];
  /** Elements to render, by the paths of their constructs; by default all. */
  readonly choice?: (path: string) => boolean;
  /** Is called before a stack is created, and again before it is rendered. */
  readonly begin?: (stack: StackName) => void;
  /** Stacks of another version of the cluster: those that are the same are not rendered. */
  readonly known?: StepOptions["known"];
  /** Is called with all stacks if the last one was created. */
  readonly keep?: (stacks: ClusterStacks) => void;
  /** False to leave the hook of `extensions/` out. */
  readonly hook?: boolean;
}

/**
 * Returns the stacks of a cluster as the JSON that a synthesis writes. Writes none of it.
 *
 * @param scratch a folder in which cdktf may create an empty folder
 */
export function renderCluster(
  cluster: Cluster,
  scratch: string,
  { begin, choice, hook = true, keep, known, only = STACKS, plan = planCluster(cluster) }: RenderOptions = {},
): ReadonlyMap<StackName, StackJson> {
  return withoutTraces(() => {
    const app = new App({ outdir: scratch, stackTraces: false });
    const last = Math.max(...only.map((name) => STACKS.indexOf(name)));
    const steps = stackByStack(app, cluster, plan, { known, seen: hook ? hooked : (stack) => stack });
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        keep?.(step.value);
        break;
      }
      if (STACKS.indexOf(step.value) > last) break;
      begin?.(step.value);
    }
    if (hook && hasHook()) invokeAspects(app); // app.synth() does, and is not called here
    const stacks = app.node.children.filter((child) => child instanceof ClusterStack);
    return new Map(
      stacks
        .filter(({ kind }) => only.includes(kind))
        .map((stack) => {
          begin?.(stack.kind);
          return [stack.kind, choice === undefined ? stack.toTerraform() : stack.partToTerraform(choice)] as const;
        }),
    );
  });
}

/** Calls back with a folder for {@link renderCluster}, and removes it afterwards. */
export function withScratch<Result>(work: (scratch: string) => Result): Result {
  const scratch = mkdtempSync(join(tmpdir(), "cluster-fleet-"));
  try {
    return work(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
