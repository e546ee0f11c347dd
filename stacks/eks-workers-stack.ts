import type { Construct } from "constructs";
import { Karpenter } from "../constructs/node-pools/karpenter";
import { Workers } from "../constructs/workers/workers";
import type { WorkersRef } from "../constructs/workers/workers-ref";
import type { Cluster } from "../fleet/model/cluster";
import type { ClusterPlan } from "../fleet/plan/cluster-plan";
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
    { karpenter, owner, workers: plan }: Pick<ClusterPlan, "karpenter" | "owner" | "workers">,
    from: { readonly networking: NetworkingStack; readonly eks_cluster: EksClusterStack },
  ) {
    super(scope, "eks-workers", cluster, owner);
    const network = from.networking.outputs.readBy(this);
    const eks = from.eks_cluster.outputs.readBy(this);
    if (karpenter !== null) new Karpenter(this, "karpenter", { owner, plan: karpenter, eks });
    this.outputs = new Handover(this, new Workers(this, "workers", { owner, plan, network, eks }).ref);
  }
}
