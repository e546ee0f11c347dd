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

/**
 * Does the same one stack after the other, and yields the name of each before it is added.
 *
 * @param seen is called with each stack, and returns it; by default what the hook of `extensions/` does
 */
export function* stackByStack(
  scope: Construct,
  cluster: Cluster,
  plan: ClusterPlan,
  seen: <Stack extends ClusterStack>(stack: Stack) => Stack = hooked,
): Generator<StackName, ClusterStacks, void> {
  yield "networking";
  const networking = seen(new NetworkingStack(scope, cluster, plan));
  yield "eks-cluster";
  const eks_cluster = seen(new EksClusterStack(scope, cluster, plan, { networking }));
  yield "eks-workers";
  const eks_workers = seen(new EksWorkersStack(scope, cluster, plan, { networking, eks_cluster }));
  yield "addons";
  const addons = seen(new AddonsStack(scope, cluster, plan, { networking, eks_cluster, eks_workers }));
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
