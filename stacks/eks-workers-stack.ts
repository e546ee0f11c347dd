import type { Construct } from "constructs";
import { Karpenter } from "../constructs/node-pools/karpenter";
import { Workers } from "../constructs/workers/workers";
import type { WorkersRef } from "../constructs/workers/workers-ref";
import type { Cluster } from "../fleet/model/cluster";
import { hasKarpenter } from "../fleet/nodes/karpenter";
import { ClusterStack } from "./cluster-stack";
import type { EksClusterStack } from "./eks-cluster-stack";
import { Handover } from "./handover";
import type { NetworkingStack } from "./networking-stack";

/** The groups of nodes. They roll often, and a bad roll must not be able to touch the control plane. */
export class EksWorkersStack extends ClusterStack {
  readonly outputs: Handover<WorkersRef>;

  constructor(
    scope: Construct,
    cluster: Cluster,
    from: { readonly networking: NetworkingStack; readonly eks_cluster: EksClusterStack },
  ) {
    super(scope, "eks-workers", cluster);
    const network = from.networking.outputs.readBy(this);
    const eks = from.eks_cluster.outputs.readBy(this);
    if (hasKarpenter(cluster)) new Karpenter(this, "karpenter", { cluster, eks });
    this.outputs = new Handover(this, new Workers(this, "workers", { cluster, network, eks }).ref);
  }
}
