import type { Construct } from "constructs";
import type { Cluster } from "../fleet/model/cluster";
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

/** One cluster's four stacks, each after those whose outputs it reads. */
export function addClusterStacks(scope: Construct, cluster: Cluster): ClusterStacks {
  const networking = new NetworkingStack(scope, cluster);
  const eks_cluster = new EksClusterStack(scope, cluster, { networking });
  const eks_workers = new EksWorkersStack(scope, cluster, { networking, eks_cluster });
  const addons = new AddonsStack(scope, cluster, { networking, eks_cluster, eks_workers });
  return { networking, eks_cluster, eks_workers, addons };
}
