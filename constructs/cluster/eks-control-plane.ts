import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import type { Cluster } from "../../fleet/model/cluster";
import { CompositionError } from "../composition-error";
import { ServiceAccountRoles } from "../iam/service-account-roles";
import type { NetworkRef } from "../networking/network-ref";
import { AccessEntries } from "./access-entries";
import { AutoMode, autoModeConfig } from "./auto-mode";
import { Capabilities } from "./capabilities";
import type { ClusterRef } from "./cluster-ref";
import { controlPlaneRole } from "./control-plane-role";
import { controlPlaneTier, optionalSettings, remoteNetworkConfig } from "./control-plane-settings";
import { EksAddons } from "./eks-addons";
import { ExtraEksAddons } from "./extra-eks-addons";
import { HybridNodes } from "./hybrid-nodes";
import { OidcIdentityProviders } from "./oidc-identity-providers";
import { secretsKeyArn } from "./secrets-key";
import { SecurityGroups } from "./security-groups";

export interface EksControlPlaneProps {
  readonly cluster: Cluster;
  readonly network: NetworkRef;
}

/** An EKS cluster that nodes can join: control plane, its key and log, who may use it, and the add-ons nodes wait for. */
export class EksControlPlane extends Construct {
  readonly ref: ClusterRef;
  /** Of teams' service accounts, by their names in the definition: by IRSA, an annotation needs them. */
  readonly serviceAccountRoleArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { cluster, network }: EksControlPlaneProps) {
    super(scope, id);
    const { slug, partition, account } = cluster;
    const { common, networking, cluster: settings } = cluster.tfvars;
    const ipv6 = networking.ip_family === "ipv6";
    const clusterArn = `arn:${partition}:eks:${common.aws_region}:${account.id}:cluster/${slug}`;

    const role = controlPlaneRole(this, cluster, clusterArn);
    const keyArn = secretsKeyArn(this, cluster, role);
    // EKS makes the group itself where there is none, and then it keeps its events, and their cost, for ever.
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: `/aws/eks/${slug}/cluster`,
      retentionInDays: settings.cluster_log_retention_days,
      ...(settings.cluster_log_group_class === "STANDARD" ? {} : { logGroupClass: settings.cluster_log_group_class }),
      ...(settings.cluster_log_kms_key_arn === null ? {} : { kmsKeyId: settings.cluster_log_kms_key_arn }),
    });
    const { node_cidrs, pod_cidrs } = settings.remote_networks;
    const groups = new SecurityGroups(this, "security-groups", {
      slug,
      vpcId: network.vpc_id,
      privateAccessRanges: settings.endpoint_private_access
        ? [...new Set([network.vpc_cidr_block, ...settings.private_access_cidrs, ...node_cidrs, ...pod_cidrs])]
        : [],
      more: settings.security_groups,
      ipv6: networking.ip_family !== "ipv4",
    });
    const autoMode = autoModeConfig(this, cluster);

    const controlPlane = new EksCluster(this, "Resource", {
      name: slug,
      version: settings.kubernetes_version,
      roleArn: role.arn,
      vpcConfig: {
        subnetIds: Object.values(network.subnet_ids[controlPlaneTier(cluster)]),
        securityGroupIds: [groups.controlPlaneId, ...settings.security_groups.control_plane.additional_ids],
        endpointPrivateAccess: settings.endpoint_private_access,
        endpointPublicAccess: settings.endpoint_public_access,
        ...(settings.endpoint_public_access ? { publicAccessCidrs: this.allowedRanges(cluster) } : {}),
      },
      kubernetesNetworkConfig: {
        // The IPv6 range of Services is EKS's choice, of its own unique local addresses.
        ...(ipv6 ? { ipFamily: "ipv6" } : { ipFamily: "ipv4", serviceIpv4Cidr: settings.service_ipv4_cidr }),
        ...(autoMode.elasticLoadBalancing === undefined ? {} : { elasticLoadBalancing: autoMode.elasticLoadBalancing }),
      },
      ...(autoMode.computeConfig === undefined ? {} : { computeConfig: autoMode.computeConfig }),
      ...(autoMode.storageConfig === undefined ? {} : { storageConfig: autoMode.storageConfig }),
      ...remoteNetworkConfig(cluster),
      ...(keyArn === undefined ? {} : { encryptionConfig: { provider: { keyArn }, resources: ["secrets"] } }),
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
      ...optionalSettings(cluster),
      dependsOn: [...role.ready, logGroup],
      lifecycle: {
        // Both are read when a cluster is made; of one that comes from elsewhere a difference would make another.
        ignoreChanges: [
          "bootstrap_self_managed_addons",
          "access_config[0].bootstrap_cluster_creator_admin_permissions",
        ],
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
    const { name: clusterName } = controlPlane;
    const addons = new EksAddons(this, "addons", {
      cluster,
      clusterName,
      clusterArn,
      network,
      nodeSecurityGroupId: groups.nodeId,
    });
    new ExtraEksAddons(this, "extra-addons", {
      cluster,
      clusterName,
      clusterArn,
      beforeNodes: true,
      after: addons.ready,
    });
    new OidcIdentityProviders(this, "oidc-identity-providers", { cluster, clusterName });
    new HybridNodes(this, "hybrid-nodes", { cluster, clusterName, clusterArn });
    new AutoMode(this, "auto-mode", {
      cluster,
      clusterName,
      clusterSecurityGroupId: controlPlane.vpcConfig.clusterSecurityGroupId,
      nodeSecurityGroupId: groups.nodeId,
    });
    new Capabilities(this, "capabilities", { cluster, clusterName });
    this.serviceAccountRoleArns = new ServiceAccountRoles(this, "service-accounts", {
      cluster,
      clusterName,
      clusterArn,
      oidcIssuer: issuer,
      oidcProviderArn: oidcProvider.arn,
    }).arns;

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
      ...(ipv6 ? { service_ipv6_cidr: controlPlane.kubernetesNetworkConfig.serviceIpv6Cidr } : {}),
    };
  }

  /** An empty list would be 0.0.0.0/0 to EKS. */
  private allowedRanges({ tfvars }: Cluster): string[] {
    const ranges = [...tfvars.cluster.public_access_cidrs, ...tfvars.cluster.public_access_ipv6_cidrs];
    if (ranges.length === 0) throw new CompositionError(this, "endpoint_public_access needs public_access_cidrs");
    return ranges;
  }
}
