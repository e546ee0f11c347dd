import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { Addons } from "../constructs/addons/addons";
import { NodePools } from "../constructs/node-pools/node-pools";
import { chartsOf } from "../fleet/addons/extras";
import type { Cluster } from "../fleet/model/cluster";
import type { ClusterPlan } from "../fleet/plan/cluster-plan";
import { ClusterStack } from "./cluster-stack";
import type { EksClusterStack } from "./eks-cluster-stack";
import type { EksWorkersStack } from "./eks-workers-stack";
import { addKubernetesProviders } from "./kubernetes-providers";
import type { NetworkingStack } from "./networking-stack";

/** Everything that runs on the cluster once it has nodes. */
export class AddonsStack extends ClusterStack {
  constructor(
    scope: Construct,
    cluster: Cluster,
    { addons: plan, nodePools: pools, owner }: Pick<ClusterPlan, "addons" | "nodePools" | "owner">,
    from: {
      readonly networking: NetworkingStack;
      readonly eks_cluster: EksClusterStack;
      readonly eks_workers: EksWorkersStack;
    },
  ) {
    super(scope, "addons", cluster, owner);
    const network = from.networking.outputs.readBy(this);
    const eks = from.eks_cluster.outputs.readBy(this);
    this.addDependency(from.eks_workers); // pods need nodes

    addKubernetesProviders(this, eks, owner.region);

    const { cluster: controlPlane, extra_charts, extra_manifests } = cluster.tfvars;
    const addons = new Addons(this, "addons", {
      owner,
      plan,
      extras: { extra_charts: chartsOf(extra_charts, "with addons"), extra_manifests },
      extraEksAddons: controlPlane.extra_eks_addons.filter(({ before_nodes }) => !before_nodes),
      network,
      eks,
    });
    new NodePools(this, "node-pools", { owner, pools, network, eks, after: addons.readyOf("karpenter") });
    new TerraformOutput(this, "installed_addons", {
      value: addons.installed,
      description: "Addon -> its namespace and version.",
      staticId: true,
    });
  }
}
