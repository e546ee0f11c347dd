import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { Addons } from "../constructs/addons/addons";
import type { ClusterRef } from "../constructs/cluster/cluster-ref";
import { NodePools } from "../constructs/node-pools/node-pools";
import type { Cluster } from "../fleet/model/cluster";
import type { ClusterPlan } from "../fleet/plan/cluster-plan";
import { ClusterStack } from "./cluster-stack";
import type { EksClusterStack } from "./eks-cluster-stack";
import type { EksWorkersStack } from "./eks-workers-stack";
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

    const kubernetes = kubernetesAccess(eks, owner.region);
    new HelmProvider(this, "helm", { kubernetes });
    new KubernetesProvider(this, "kubernetes", { ...kubernetes, exec: [kubernetes.exec] });

    const { cluster: controlPlane, extra_charts, extra_manifests } = cluster.tfvars;
    const addons = new Addons(this, "addons", {
      owner,
      plan,
      extras: { extra_charts, extra_manifests },
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

/**
 * How the providers reach the cluster: by what another stack's state says, because a provider that refers to a resource of its
 * own stack cannot plan before that resource exists; and by a token that the aws command fetches for each run, because a token
 * in state is a secret there and has ended by the next run.
 */
function kubernetesAccess(eks: ClusterRef, region: string) {
  return {
    host: eks.endpoint,
    clusterCaCertificate: `\${base64decode("${eks.certificate_authority_data}")}`, // `Fn` would take the reference for plain text
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: [
        ...["eks", "get-token", "--output", "json"],
        ...["--cluster-name", eks.name, "--region", region, "--role-arn", "${var.role_arn}"],
      ],
    },
  };
}
