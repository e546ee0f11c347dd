import type { Construct } from "constructs";
import type { Cluster } from "../fleet/model/cluster";
import type { StackName } from "../fleet/model/stacks";
import { type ClusterPlan, planCluster } from "../fleet/plan/cluster-plan";
import { AddonsStack } from "./addons-stack";
import { EksClusterStack } from "./eks-cluster-stack";
import { EksWorkersStack } from "./eks-workers-stack";
import { NetworkingStack } from "./networking-stack";

export interface ClusterStacks {
  readonly networking: NetworkingStack;
  readonly eks_cluster: EksClusterStack;
  readonly eks_workers: EksWorkersStack;
  readonly addons: AddonsStack;
}

/** Adds one cluster's four stacks, each after those whose outputs it reads. */
export function addClusterStacks(scope: Construct, cluster: Cluster): ClusterStacks {
  const steps = stackByStack(scope, cluster, planCluster(cluster));
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Does the same one stack after the other, and yields the name of each before it is added. */
export function* stackByStack(
  scope: Construct,
  cluster: Cluster,
  plan: ClusterPlan,
): Generator<StackName, ClusterStacks, void> {
  yield "networking";
  const networking = new NetworkingStack(scope, cluster, plan);
  yield "eks-cluster";
  const eks_cluster = new EksClusterStack(scope, cluster, plan, { networking });
  yield "eks-workers";
  const eks_workers = new EksWorkersStack(scope, cluster, plan, { networking, eks_cluster });
  yield "addons";
  const addons = new AddonsStack(scope, cluster, plan, { networking, eks_cluster, eks_workers });
  return { networking, eks_cluster, eks_workers, addons };
}
