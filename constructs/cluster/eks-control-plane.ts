import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import type { Account, Tfvars } from "../../fleet/model/cluster";
import type { ControlPlanePlan } from "../../fleet/plan/control-plane-plan";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import { CompositionError } from "../composition-error";
import { ServiceAccountRoles } from "../iam/service-account-roles";
import type { NetworkRef } from "../networking/network-ref";
import { logGroupKey } from "../storage/log-group-key";
import { AccessEntries } from "./access-entries";
import { AutoMode, autoModeConfig } from "./auto-mode";
import { Capabilities } from "./capabilities";
import type { ClusterRef } from "./cluster-ref";
import { controlPlaneRole } from "./control-plane-role";
import { optionalSettings, remoteNetworkConfig, unchangedSettings } from "./control-plane-settings";
import { CoreAddons } from "./core-addons";
import { ExtraEksAddons } from "./extra-eks-addons";
import { HybridNodes } from "./hybrid-nodes";
import { OidcIdentityProviders } from "./oidc-identity-providers";
import { keepsItsKey, secretsKeyArn } from "./secrets-key";
import { SecurityGroups } from "./security-groups";

export interface EksControlPlaneProps {
  readonly owner: Owner;
  readonly plan: ControlPlanePlan;
  readonly settings: Tfvars["cluster"];
  /** The account's roles that deploy and that plan pull requests. */
  readonly accountRoles: Account["roles"];
  readonly network: NetworkRef;
}

/** An EKS cluster that nodes can join: the control plane, its key, its log, its access entries and the add-ons that nodes wait for. */
export class EksControlPlane extends Construct {
  readonly ref: ClusterRef;
  /** Roles of teams' service accounts by their names in the definition: with IRSA, an annotation contains the ARN. */
  readonly serviceAccountRoleArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: EksControlPlaneProps) {
    super(scope, id);
    const { network, owner, plan, settings } = props;
    const { slug } = owner;
    const deletionProtection = settings.deletion_protection;

    const role = controlPlaneRole(this, { owner, rolePolicies: plan.rolePolicies, settings });
    const keyArn = secretsKeyArn(this, { owner, settings: settings.kms, deletionProtection, usedBy: role });
    const logGroupName = `/aws/eks/${slug}/cluster`;
    const logKey = logGroupKey(this, "log-key", {
      owner,
      key: settings.cluster_log_kms_key_arn,
      logGroupName,
      description: `Encrypts the control-plane logs of ${owner.name}`,
      alias: `eks-logs/${slug}`,
      deletionDays: settings.kms.deletion_window_days,
    });
    // EKS would create the group itself, without a retention: its events, and their cost, would never expire.
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: logGroupName,
      retentionInDays: settings.cluster_log_retention_days,
      ...(settings.cluster_log_group_class !== "STANDARD" && { logGroupClass: settings.cluster_log_group_class }),
      ...given({ kmsKeyId: logKey }),
    });
    if (settings.existing_log_group) logGroup.importFrom(`/aws/eks/${slug}/cluster`);
    const groups = new SecurityGroups(this, "security-groups", {
      slug,
      vpcId: network.vpc_id,
      privateAccessRanges: plan.privateAccessRanges,
      more: settings.security_groups,
      ipv6: plan.hasIpv6,
    });
    const { elasticLoadBalancing, ...autoMode } = autoModeConfig(this, owner, settings.auto_mode);

    const controlPlane = new EksCluster(this, "Resource", {
      name: slug,
      version: settings.kubernetes_version,
      roleArn: role.arn,
      vpcConfig: {
        subnetIds: subnetIds(network, plan),
        securityGroupIds: [groups.controlPlaneId, ...settings.security_groups.control_plane.additional_ids],
        endpointPrivateAccess: settings.endpoint_private_access,
        endpointPublicAccess: settings.endpoint_public_access,
        ...(settings.endpoint_public_access && { publicAccessCidrs: this.allowedRanges(plan) }),
      },
      kubernetesNetworkConfig: {
        // EKS chooses the IPv6 service range, from its own unique local addresses.
        ...(plan.ipv6Pods ? { ipFamily: "ipv6" } : { ipFamily: "ipv4", serviceIpv4Cidr: settings.service_ipv4_cidr }),
        ...given({ elasticLoadBalancing }),
      },
      ...autoMode,
      ...remoteNetworkConfig(settings.remote_networks),
      ...(keyArn !== undefined && { encryptionConfig: { provider: { keyArn }, resources: ["secrets"] } }),
      enabledClusterLogTypes: [...settings.enabled_cluster_log_types],
      accessConfig: {
        authenticationMode: settings.authentication_mode,
        // The principal that applies first would be an administrator that no file names.
        bootstrapClusterCreatorAdminPermissions: false,
      },
      upgradePolicy: { supportType: settings.upgrade_policy },
      // The EKS add-ons below replace the self-managed ones.
      bootstrapSelfManagedAddons: false,
      deletionProtection,
      ...optionalSettings(settings),
      dependsOn: [...role.ready, logGroup],
      lifecycle: {
        // AWS reads both fields only at creation. A difference would replace an imported cluster.
        ignoreChanges: [
          "bootstrap_self_managed_addons",
          "access_config[0].bootstrap_cluster_creator_admin_permissions",
          ...unchangedSettings(settings, keyArn),
        ],
        ...given({ postcondition: keyArn === undefined ? undefined : [keepsItsKey(keyArn)] }),
        // EKS refuses a deletion too, but only in the middle of an apply.
        preventDestroy: deletionProtection,
      },
    });

    const issuer = controlPlane.identity.get(0).oidc.get(0).issuer;
    // No thumbprints: IAM trusts the public certificate authorities that sign EKS's issuers.
    const oidcProvider = new IamOpenidConnectProvider(this, "oidc-provider", {
      url: issuer,
      clientIdList: ["sts.amazonaws.com"],
      tags: { Name: slug },
    });
    const { name: clusterName } = controlPlane;
    new AccessEntries(this, "access", {
      owner,
      clusterName,
      roles: props.accountRoles,
      entries: settings.access_entries,
      existing: settings.existing_access_entries,
    });
    const addons = new CoreAddons(this, "addons", {
      owner,
      plan,
      clusterName,
      vpcCni: settings.vpc_cni,
      network,
      nodeSecurityGroupId: groups.nodeId,
    });
    new ExtraEksAddons(this, "extra-addons", {
      owner,
      clusterName,
      addons: settings.extra_eks_addons.filter(({ before_nodes }) => before_nodes),
      after: addons.ready,
    });
    new OidcIdentityProviders(this, "oidc-identity-providers", {
      slug,
      clusterName,
      providers: settings.oidc_identity_providers,
    });
    new HybridNodes(this, "hybrid-nodes", { owner, clusterName, settings: settings.hybrid_nodes });
    new AutoMode(this, "auto-mode", {
      owner,
      clusterName,
      settings: settings.auto_mode,
      clusterSecurityGroupId: controlPlane.vpcConfig.clusterSecurityGroupId,
      nodeSecurityGroupId: groups.nodeId,
    });
    new Capabilities(this, "capabilities", { owner, clusterName, capabilities: settings.capabilities });
    this.serviceAccountRoleArns = new ServiceAccountRoles(this, "service-accounts", {
      owner,
      clusterName,
      roles: settings.service_account_roles,
      oidc: { oidc_issuer: issuer, oidc_provider_arn: oidcProvider.arn },
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
      ...(plan.ipv6Pods && { service_ipv6_cidr: controlPlane.kubernetesNetworkConfig.serviceIpv6Cidr }),
    };
  }

  /** EKS would treat an empty list as 0.0.0.0/0. */
  private allowedRanges({ publicAccessRanges }: ControlPlanePlan): string[] {
    if (publicAccessRanges.length === 0)
      throw new CompositionError(this, "endpoint_public_access requires public_access_cidrs");
    return [...publicAccessRanges];
  }
}

/** Returns the subnets of the control plane's interfaces, in the network's order. A local zone is never among its zones. */
function subnetIds({ subnet_ids }: NetworkRef, { subnetTier, zones }: ControlPlanePlan): string[] {
  return Object.entries(subnet_ids[subnetTier]).flatMap(([zone, id]) => (zones.includes(zone) ? [id] : []));
}
