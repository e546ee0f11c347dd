import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { attachmentName, NODE_POLICIES, SESSION_MANAGER_POLICY } from "../../aws/iam-policies";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster } from "../../fleet/model/cluster";
import { KARPENTER_NODE_ROLE } from "../../fleet/nodes/karpenter";
import type { ClusterRef } from "../cluster/cluster-ref";
import { ServiceRole } from "../iam/service-role";
import { InterruptionQueue } from "./interruption-queue";

export interface KarpenterProps {
  readonly cluster: Cluster;
  readonly eks: ClusterRef;
}

/**
 * Karpenter's side of AWS, all of it by names that are known before: what its nodes run as, what lets them in, and where it hears
 * that they go. The controller itself is an addon; its pools are objects of the cluster.
 */
export class Karpenter extends Construct {
  constructor(scope: Construct, id: string, { cluster, eks }: KarpenterProps) {
    super(scope, id);
    const { partition, slug, tfvars } = cluster;
    const name = boundedName(slug, KARPENTER_NODE_ROLE, NAME_LIMITS.iam_role);
    const role = new ServiceRole(this, "node-role", {
      name,
      cluster,
      service: partition === "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com",
      tag_session: false,
      managed_policies: [...NODE_POLICIES, SESSION_MANAGER_POLICY],
    });
    for (const policyArn of tfvars.addons.karpenter.options.node_policy_arns) {
      new IamRolePolicyAttachment(this, attachmentName(policyArn), { role: role.name, policyArn });
    }
    // Ours, so that the controller needs no right to make instance profiles.
    new IamInstanceProfile(this, "instance-profile", {
      name,
      ...(tfvars.common.iam.path === "/" ? {} : { path: tfvars.common.iam.path }),
      role: role.name,
    });
    new EksAccessEntry(this, "access-entry", { clusterName: eks.name, principalArn: role.arn, type: "EC2_LINUX" });
    new InterruptionQueue(this, "interruption-queue", { cluster, reader: "karpenter" });
  }
}
