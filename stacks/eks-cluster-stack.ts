import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { ClusterRef } from "../constructs/cluster/cluster-ref";
import { EksControlPlane } from "../constructs/cluster/eks-control-plane";
import type { Cluster } from "../fleet/model/cluster";
import type { ClusterPlan } from "../fleet/plan/cluster-plan";
import { ClusterStack } from "./cluster-stack";
import { Handover } from "./handover";
import type { NetworkingStack } from "./networking-stack";

/**
 * The control plane, its access entries, and the EKS add-ons that nodes wait for. It never contains a Kubernetes object: its deletion
 * would require the API that the same destroy deletes.
 */
export class EksClusterStack extends ClusterStack {
  readonly outputs: Handover<ClusterRef>;

  constructor(
    scope: Construct,
    cluster: Cluster,
    plan: Pick<ClusterPlan, "owner" | "controlPlane">,
    from: { readonly networking: NetworkingStack },
  ) {
    super(scope, "eks-cluster", cluster, plan.owner);
    const network = from.networking.outputs.readBy(this);
    const { ref, serviceAccountRoleArns } = new EksControlPlane(this, "eks", {
      owner: plan.owner,
      plan: plan.controlPlane,
      settings: cluster.tfvars.cluster,
      accountRoles: cluster.account.roles,
      network,
    });
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
