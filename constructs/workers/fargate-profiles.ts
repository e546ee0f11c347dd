import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { FARGATE_POLICY } from "../../aws/iam-policies";
import { boundedName, NAME_LIMITS, shortHash } from "../../aws/names";
import type { Cluster, Tfvars } from "../../fleet/model/cluster";
import { subnetSeed } from "../../fleet/network/subnets";
import { fargateRoleName } from "../../fleet/nodes/fargate";
import type { ClusterRef } from "../cluster/cluster-ref";
import { CompositionError } from "../composition-error";
import { grantedJson } from "../iam/granted-role";
import { ServiceRole } from "../iam/service-role";
import type { NetworkRef } from "../networking/network-ref";

type Profile = Tfvars["fargate_profiles"][number];

export interface FargateProfilesProps {
  readonly cluster: Cluster;
  readonly network: NetworkRef;
  readonly eks: ClusterRef;
}

/** The profiles of a cluster, and the way between their pods and the nodes'. */
export class FargateProfiles extends Construct {
  constructor(scope: Construct, id: string, props: FargateProfilesProps) {
    super(scope, id);
    const { cluster, eks } = props;
    for (const profile of cluster.tfvars.fargate_profiles) this.profile(props, profile);

    // Pods on Fargate have the group that EKS makes for the cluster, where nodes have ours: neither would let the other in, and
    // half of the pods would find no DNS.
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

  private profile({ cluster, eks, network }: FargateProfilesProps, profile: Profile): void {
    const role = this.role(cluster, profile);
    new EksFargateProfile(this, profile.name, {
      clusterName: eks.name,
      fargateProfileName: profileName(cluster, profile),
      podExecutionRoleArn: role.arn,
      subnetIds: this.subnetIds(network, profile),
      selector: profile.selectors.map(({ namespace, labels }) => ({
        namespace,
        ...(labels === undefined ? {} : { labels: { ...labels } }),
      })),
      ...(profile.tags === undefined ? {} : { tags: { ...profile.tags } }),
      dependsOn: [...role.ready],
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** What starts the pods, whether it is made here or was there. */
  private role(cluster: Cluster, profile: Profile): { arn: string; ready: readonly ITerraformDependable[] } {
    if (profile.pod_execution_role_arn !== undefined) return { arn: profile.pod_execution_role_arn, ready: [] };
    const { account, partition, slug, tfvars } = cluster;
    const region = tfvars.common.aws_region;
    const role = new ServiceRole(this, `${profile.name}-role`, {
      name: fargateRoleName(slug, profile),
      cluster,
      service: "eks-fargate-pods.amazonaws.com",
      tag_session: false,
      condition: {
        ArnLike: { "aws:SourceArn": `arn:${partition}:eks:${region}:${account.id}:fargateprofile/${slug}/*` },
      },
      managed_policies: [FARGATE_POLICY],
    });
    const attachments = (profile.managed_policy_arns ?? []).map((policyArn) => {
      const [, , , , owner = "", policy = ""] = policyArn.split(":");
      const attached = `${profile.name}-${owner}-${policy.replace("/", "-")}`;
      return new IamRolePolicyAttachment(this, attached, { role: role.name, policyArn });
    });
    const inline =
      profile.statements === undefined || profile.statements.length === 0
        ? []
        : [
            new IamRolePolicy(this, `${profile.name}-policy`, {
              role: role.name,
              name: "granted",
              policy: grantedJson(profile.statements),
            }),
          ];
    return { arn: role.arn, ready: [...role.ready, ...attachments, ...inline] };
  }

  private subnetIds(network: NetworkRef, { availability_zones, subnet_tier }: Profile): string[] {
    const tier = subnet_tier ?? "private";
    return (availability_zones ?? network.zones).map((zone) => {
      const subnetId = network.subnet_ids[tier][zone];
      if (subnetId === undefined) throw new CompositionError(this, `zone ${zone} has no ${tier} subnet`);
      return subnetId;
    });
  }
}

/** The profile's name and a hash of the rest: nothing of a profile can be changed, so another one is made first, as with groups. */
function profileName(cluster: Cluster, profile: Profile): string {
  const tier = profile.subnet_tier ?? "private";
  const zones = profile.availability_zones ?? cluster.zones;
  const ranges = zones.map((zone) => `${zone}=${subnetSeed(cluster, tier, zone)}`).sort();
  const role = profile.pod_execution_role_arn === undefined ? [] : [profile.pod_execution_role_arn];
  const fixed = [cluster.slug, profile.selectors, ranges, ...role];
  return boundedName(profile.name, shortHash(JSON.stringify(fixed)), NAME_LIMITS.eks_fargate_profile);
}
