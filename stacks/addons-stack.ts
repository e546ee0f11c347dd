import type { Construct } from "constructs";
import type { Cluster } from "../fleet/cluster";
import { ClusterStack } from "./cluster-stack";
import type { EksClusterStack } from "./eks-cluster-stack";
import type { EksWorkersStack } from "./eks-workers-stack";
import type { NetworkingStack } from "./networking-stack";

/** What runs on the cluster once it has nodes. */
export class AddonsStack extends ClusterStack {
  constructor(
    scope: Construct,
    cluster: Cluster,
    from: {
      readonly networking: NetworkingStack;
      readonly eks_cluster: EksClusterStack;
      readonly eks_workers: EksWorkersStack;
    },
  ) {
    super(scope, "addons", cluster);
    from.eks_cluster.outputs.readBy(this);
    this.addDependency(from.eks_workers);
  }
}
