import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Construct } from "constructs";
import { NODE_POLICIES, SESSION_MANAGER_POLICY } from "../../aws/iam-policies";
import type { KarpenterPlan } from "../../fleet/plan/node-pools-plan";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import type { ClusterRef } from "../cluster/cluster-ref";
import { attachedPolicies, Role, roleName, rolePath } from "../iam/role";
import { serviceTrust } from "../iam/service-trust";
import { InterruptionQueue } from "./interruption-queue";

export interface KarpenterProps {
  readonly owner: Owner;
  readonly plan: KarpenterPlan;
  readonly eks: Pick<ClusterRef, "name">;
}

/**
 * Karpenter's resources in AWS: the role of its nodes, their access entry, and the queue that announces their end. All have fixed
 * names. The controller itself is an addon, and its pools are objects of the cluster.
 */
export class Karpenter extends Construct {
  constructor(scope: Construct, id: string, { eks, owner, plan }: KarpenterProps) {
    super(scope, id);
    const role = new Role(this, "node-role", {
      owner,
      part: plan.nodeRolePart,
      trust: serviceTrust(`ec2.${owner.serviceDomain}`),
      awsPolicies: [...NODE_POLICIES, SESSION_MANAGER_POLICY],
      policyParent: this,
      attached: attachedPolicies(plan.nodePolicyArns),
    });
    // Created here, so that the controller needs no permission to create instance profiles.
    new IamInstanceProfile(this, "instance-profile", {
      name: roleName(owner.slug, plan.nodeRolePart),
      ...given({ path: rolePath(owner) }),
      role: role.name,
    });
    new EksAccessEntry(this, "access-entry", { clusterName: eks.name, principalArn: role.arn, type: "EC2_LINUX" });
    new InterruptionQueue(this, "interruption-queue", { slug: owner.slug, queue: plan.queue });
  }
}
