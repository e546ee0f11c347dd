import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { ChartsBeforeNodes } from "../constructs/addons/charts-before-nodes";
import type { ClusterRef } from "../constructs/cluster/cluster-ref";
import { Karpenter } from "../constructs/node-pools/karpenter";
import { Workers } from "../constructs/workers/workers";
import type { WorkersRef } from "../constructs/workers/workers-ref";
import { chartsOf } from "../fleet/addons/extras";
import type { Cluster } from "../fleet/model/cluster";
import type { ClusterPlan } from "../fleet/plan/cluster-plan";
import { ClusterStack } from "./cluster-stack";
import type { EksClusterStack } from "./eks-cluster-stack";
import { Handover } from "./handover";
import { addKubernetesProviders } from "./kubernetes-providers";
import type { NetworkingStack } from "./networking-stack";

/** The groups of nodes. They roll often, and a bad roll must not be able to touch the control plane. */
export class EksWorkersStack extends ClusterStack {
  readonly outputs: Handover<WorkersRef>;

  constructor(
    scope: Construct,
    cluster: Cluster,
    { addons, karpenter, owner, workers: plan }: Pick<ClusterPlan, "addons" | "karpenter" | "owner" | "workers">,
    from: { readonly networking: NetworkingStack; readonly eks_cluster: EksClusterStack },
  ) {
    super(scope, "eks-workers", cluster, owner);
    const network = from.networking.outputs.readBy(this);
    const eks = from.eks_cluster.outputs.readBy(this);
    if (karpenter !== null) new Karpenter(this, "karpenter", { owner, plan: karpenter, eks });
    const after = this.chartsBeforeNodes(cluster, { addons, owner }, eks);
    this.outputs = new Handover(this, new Workers(this, "workers", { owner, plan, network, eks, after }).ref);
  }
  /** Installs what nodes need to become Ready. Only then does this stack call the Kubernetes API. */
  private chartsBeforeNodes(
    { tfvars }: Cluster,
    { addons, owner }: Pick<ClusterPlan, "addons" | "owner">,
    eks: ClusterRef,
  ): readonly ITerraformDependable[] {
    const charts = chartsOf(tfvars.extra_charts, "before nodes");
    if (charts.length === 0) return [];
    addKubernetesProviders(this, eks, owner.region);
    return new ChartsBeforeNodes(this, "charts-before-nodes", { owner, context: addons.subject, charts }).ready;
  }
}
