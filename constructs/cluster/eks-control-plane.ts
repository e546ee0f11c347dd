import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import { runsWindows } from "../../fleet/ami";
import type { Cluster } from "../../fleet/cluster";
import { boundedName, NAME_LIMITS } from "../../fleet/names";
import { CompositionError } from "../composition-error";
import { ServiceRole } from "../iam/service-role";
import type { NetworkRef } from "../networking/network-ref";
import { AccessEntries } from "./access-entries";
import type { ClusterRef } from "./cluster-ref";
import { EksAddons } from "./eks-addons";
import { SecretsKey } from "./secrets-key";
import { SecurityGroups } from "./security-groups";

export interface EksControlPlaneProps {
  readonly cluster: Cluster;
  readonly network: NetworkRef;
}

/** An EKS cluster that nodes can join: control plane, its key and log, who may use it, and the add-ons nodes wait for. */
export class EksControlPlane extends Construct {
  readonly ref: ClusterRef;

  constructor(scope: Construct, id: string, { cluster, network }: EksControlPlaneProps) {
    super(scope, id);
    const { slug, partition, account } = cluster;
    const { common, cluster: settings } = cluster.tfvars;
    const clusterArn = `arn:${partition}:eks:${common.aws_region}:${account.id}:cluster/${slug}`;

    const role = new ServiceRole(this, "role", {
      name: boundedName(slug, "control-plane", NAME_LIMITS.iam_role),
      cluster,
      service: "eks.amazonaws.com",
      tag_session: true,
      condition: { ArnLike: { "aws:SourceArn": clusterArn } },
      // EKS gives Windows pods their addresses itself.
      managed_policies: [
        "AmazonEKSClusterPolicy",
        ...(runsWindows(cluster.tfvars) ? ["AmazonEKSVPCResourceController"] : []),
      ],
    });
    const key = new SecretsKey(this, "secrets-key", { cluster, usedBy: role });
    // EKS makes the group itself where there is none, and then it keeps its events, and their cost, for ever.
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: `/aws/eks/${slug}/cluster`,
      retentionInDays: settings.cluster_log_retention_days,
    });
    const groups = new SecurityGroups(this, "security-groups", {
      slug,
      vpcId: network.vpc_id,
      privateAccessRanges: settings.endpoint_private_access
        ? [...new Set([network.vpc_cidr_block, ...settings.private_access_cidrs])]
        : [],
    });

    const controlPlane = new EksCluster(this, "Resource", {
      name: slug,
      version: settings.kubernetes_version,
      roleArn: role.arn,
      vpcConfig: {
        subnetIds: Object.values(network.subnet_ids.intra),
        securityGroupIds: [groups.controlPlaneId],
        endpointPrivateAccess: settings.endpoint_private_access,
        endpointPublicAccess: settings.endpoint_public_access,
        ...(settings.endpoint_public_access ? { publicAccessCidrs: this.allowedRanges(cluster) } : {}),
      },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: settings.service_ipv4_cidr },
      encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] },
      enabledClusterLogTypes: [...settings.enabled_cluster_log_types],
      accessConfig: {
        authenticationMode: settings.authentication_mode,
        // Whoever applies first would be an administrator whom no file names.
        bootstrapClusterCreatorAdminPermissions: false,
      },
      upgradePolicy: { supportType: settings.upgrade_policy },
      // The EKS add-ons below take their place; EKS reads it when it makes a cluster, and for the provider it forces a new one.
      bootstrapSelfManagedAddons: false,
      deletionProtection: settings.deletion_protection,
      dependsOn: [...role.ready, logGroup],
      lifecycle: {
        ignoreChanges: ["bootstrap_self_managed_addons"],
        // EKS refuses too, but only halfway through an apply.
        preventDestroy: settings.deletion_protection,
      },
    });

    const issuer = controlPlane.identity.get(0).oidc.get(0).issuer;
    // No thumbprints: IAM trusts the public certificate authorities that sign EKS's issuers.
    const oidcProvider = new IamOpenidConnectProvider(this, "oidc-provider", {
      url: issuer,
      clientIdList: ["sts.amazonaws.com"],
      tags: { Name: slug },
    });
    new AccessEntries(this, "access", { cluster, clusterName: controlPlane.name });
    new EksAddons(this, "addons", { cluster, clusterName: controlPlane.name, clusterArn });

    this.ref = {
      name: slug,
      arn: controlPlane.arn,
      endpoint: controlPlane.endpoint,
      certificate_authority_data: controlPlane.certificateAuthority.get(0).data,
      kubernetes_version: settings.kubernetes_version,
      oidc_issuer: issuer,
      oidc_provider_arn: oidcProvider.arn,
      cluster_security_group_id: controlPlane.vpcConfig.clusterSecurityGroupId,
      node_security_group_id: groups.nodeId,
      service_ipv4_cidr: settings.service_ipv4_cidr,
    };
  }

  /** An empty list would be 0.0.0.0/0 to EKS. */
  private allowedRanges({ tfvars }: Cluster): string[] {
    const ranges = [...tfvars.cluster.public_access_cidrs];
    if (ranges.length === 0) throw new CompositionError(this, "endpoint_public_access needs public_access_cidrs");
    return ranges;
  }
}
