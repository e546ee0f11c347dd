import type { Construct } from "constructs";
import type { Cluster } from "../fleet/model/cluster";
import type { StackName } from "../fleet/model/stacks";
import { type ClusterPlan, planCluster } from "../fleet/plan/cluster-plan";
import { ownStacks, stacksOf } from "../fleet/stacks/own-stacks";
import { AddonsStack } from "./addons-stack";
import { adopt } from "./adoption";
import type { ClusterStack } from "./cluster-stack";
import { EksClusterStack } from "./eks-cluster-stack";
import { EksWorkersStack } from "./eks-workers-stack";
import { handsOverTheSame } from "./handover";
import { hooked } from "./hook";
import { NetworkingStack } from "./networking-stack";
import { ExtensionStack } from "./own-stack";

export interface ClusterStacks {
  readonly networking: NetworkingStack;
  readonly eks_cluster: EksClusterStack;
  readonly eks_workers: EksWorkersStack;
  readonly addons: AddonsStack;
}

/** Adds one cluster's stacks, each after those whose outputs it reads: the program's four, and those of `extensions/stacks/`. */
export function addClusterStacks(scope: Construct, cluster: Cluster): ClusterStacks {
  const steps = stackByStack(scope, cluster, planCluster(cluster));
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

export interface StepOptions {
  /** Is called with each stack, and returns it; by default what the hook of `extensions/` does. */
  readonly seen?: <Stack extends ClusterStack>(stack: Stack) => Stack;
  /**
   * Stacks of another version of the cluster, and those whose own content differs. A stack is not added again if its content is the
   * same, and what it reads too: the other version stands for it.
   */
  readonly known?: { readonly stacks: ClusterStacks; readonly differ: ReadonlySet<StackName> } | undefined;
}

/** Does the same one stack after the other, and yields the name of each before it is added. */
export function* stackByStack(
  scope: Construct,
  cluster: Cluster,
  plan: ClusterPlan,
  { known, seen = hooked }: StepOptions = {},
): Generator<StackName, ClusterStacks, void> {
  const before = known?.stacks;
  /** The stack of the other version; undefined if it differs. */
  const same = <Stack extends ClusterStack>(stack: Stack | undefined, ...reads: readonly boolean[]) =>
    stack === undefined || known?.differ.has(stack.kind) || reads.includes(false) ? undefined : stack;

  yield "networking";
  const networking = same(before?.networking) ?? seen(new NetworkingStack(scope, cluster, plan));
  const sameNetwork = before !== undefined && handsOverTheSame(networking.outputs, before.networking.outputs);
  yield "eks-cluster";
  const eks_cluster =
    same(before?.eks_cluster, sameNetwork) ?? seen(new EksClusterStack(scope, cluster, plan, { networking }));
  const sameCluster = before !== undefined && handsOverTheSame(eks_cluster.outputs, before.eks_cluster.outputs);
  yield "eks-workers";
  const eks_workers =
    same(before?.eks_workers, sameNetwork, sameCluster) ??
    seen(new EksWorkersStack(scope, cluster, plan, { networking, eks_cluster }));
  yield "addons";
  const addons =
    same(before?.addons, sameNetwork, sameCluster) ??
    seen(new AddonsStack(scope, cluster, plan, { networking, eks_cluster, eks_workers }));
  const stacks = { networking, eks_cluster, eks_workers, addons };
  adopt(cluster.adopted, Object.values(stacks));
  const enabled = stacksOf(cluster);
  for (const declared of ownStacks()) {
    if (!enabled.includes(declared.name)) continue;
    yield declared.name;
    seen(new ExtensionStack(scope, cluster, plan.owner, declared, stacks));
  }
  return stacks;
}
