import type { Construct } from "constructs";
import type { Cluster } from "../fleet/model/cluster";
import { planCluster } from "../fleet/plan/cluster-plan";
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
  const plan = planCluster(cluster);
  const networking = new NetworkingStack(scope, cluster, plan);
  const eks_cluster = new EksClusterStack(scope, cluster, plan, { networking });
  const eks_workers = new EksWorkersStack(scope, cluster, plan, { networking, eks_cluster });
  const addons = new AddonsStack(scope, cluster, plan, { networking, eks_cluster, eks_workers });
  return { networking, eks_cluster, eks_workers, addons };
}
