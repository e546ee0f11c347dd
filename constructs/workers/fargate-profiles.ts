import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { FARGATE_POLICY } from "../../aws/iam-policies";
import type { FargateProfilePlan } from "../../fleet/plan/node-groups-plan";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import type { ClusterRef } from "../cluster/cluster-ref";
import { CompositionError } from "../composition-error";
import { attachedPolicies, grantedPolicy, Role } from "../iam/role";
import { serviceTrust } from "../iam/service-trust";
import type { NetworkRef } from "../networking/network-ref";

export interface FargateProfilesProps {
  readonly owner: Owner;
  readonly profiles: readonly FargateProfilePlan[];
  readonly network: NetworkRef;
  readonly eks: ClusterRef;
}

/** The Fargate profiles of a cluster, and the rules between their pods and the nodes'. */
export class FargateProfiles extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: FargateProfilesProps,
  ) {
    super(scope, id);
    const { eks, profiles } = props;
    for (const profile of profiles) this.profile(profile);

    // Pods on Fargate have the security group that EKS creates, and nodes have ours. Neither admits the other, so half of the pods
    // would not reach DNS.
    const both = { ipProtocol: "-1" };
    new VpcSecurityGroupIngressRule(this, "nodes-from-fargate", {
      securityGroupId: eks.node_security_group_id,
      referencedSecurityGroupId: eks.cluster_security_group_id,
      description: "Pods on nodes, from pods on Fargate",
      ...both,
    });
    new VpcSecurityGroupIngressRule(this, "fargate-from-nodes", {
      securityGroupId: eks.cluster_security_group_id,
      referencedSecurityGroupId: eks.node_security_group_id,
      description: "Pods on Fargate, from nodes and their pods",
      ...both,
    });
  }

  private profile(profile: FargateProfilePlan): void {
    const { name, selectors, tags } = profile.settings;
    const role = this.role(profile);
    new EksFargateProfile(this, name, {
      clusterName: this.props.eks.name,
      fargateProfileName: profile.name,
      podExecutionRoleArn: role.arn,
      subnetIds: this.subnetIds(profile),
      selector: selectors.map(({ namespace, labels }) => ({
        namespace,
        ...given({ labels: labels && { ...labels } }),
      })),
      ...given({ tags: tags && { ...tags } }),
      dependsOn: [...role.ready],
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** Returns the role that pulls the pods' images and writes their logs, new or existing. */
  private role({ rolePart, settings }: FargateProfilePlan): { arn: string; ready: readonly ITerraformDependable[] } {
    const { managed_policy_arns, name, pod_execution_role_arn, statements } = settings;
    if (pod_execution_role_arn !== undefined) return { arn: pod_execution_role_arn, ready: [] };
    const { owner } = this.props;
    const { accountId, partition, region, slug } = owner;
    return new Role(this, `${name}-role`, {
      owner,
      part: rolePart,
      trust: serviceTrust("eks-fargate-pods.amazonaws.com", {
        condition: {
          ArnLike: { "aws:SourceArn": `arn:${partition}:eks:${region}:${accountId}:fargateprofile/${slug}/*` },
        },
      }),
      awsPolicies: [FARGATE_POLICY],
      policyParent: this,
      attached: attachedPolicies(managed_policy_arns, (arn) => `${name}-${attachmentId(arn)}`),
      inline: grantedPolicy(statements, `${name}-policy`),
    });
  }

  private subnetIds({ subnetTier, zones }: FargateProfilePlan): string[] {
    return zones.map((zone) => {
      const subnetId = this.props.network.subnet_ids[subnetTier][zone];
      if (subnetId === undefined) throw new CompositionError(this, `zone ${zone} has no ${subnetTier} subnet`);
      return subnetId;
    });
  }
}

/** Keeps the state addresses that attachments of Fargate roles have always had. */
function attachmentId(policyArn: string): string {
  const [, , , , owner = "", policy = ""] = policyArn.split(":");
  return `${owner}-${policy.replace("/", "-")}`;
}
