import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { ClusterRef } from "../constructs/cluster/cluster-ref";
import { EksControlPlane } from "../constructs/cluster/eks-control-plane";
import type { Cluster } from "../fleet/model/cluster";
import { ClusterStack } from "./cluster-stack";
import { Handover } from "./handover";
import type { NetworkingStack } from "./networking-stack";

/**
 * The control plane, who may use it, and the EKS add-ons that nodes need before they are ready. Never a Kubernetes object:
 * destroying one needs an API that the same destroy takes away.
 */
export class EksClusterStack extends ClusterStack {
  readonly outputs: Handover<ClusterRef>;

  constructor(scope: Construct, cluster: Cluster, from: { readonly networking: NetworkingStack }) {
    super(scope, "eks-cluster", cluster);
    const network = from.networking.outputs.readBy(this);
    const { ref, serviceAccountRoleArns } = new EksControlPlane(this, "eks", { cluster, network });
    this.outputs = new Handover(this, ref);
    if (Object.keys(serviceAccountRoleArns).length > 0) {
      new TerraformOutput(this, "service_account_role_arns", {
        value: serviceAccountRoleArns,
        description: "Name of a service account's role -> its ARN, for the annotation that IRSA wants.",
        staticId: true,
      });
    }
  }
}
