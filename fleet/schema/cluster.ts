import { z } from "zod";
import { ownOrKmsKey, policyArn, principalArn, roleArn } from "../../language/words/arns";
import { domainName } from "../../language/words/names";
import { ipv4Block, ipv6Block } from "../../language/words/network";
import { minorVersion } from "../../language/words/versions";
import { accessEntries } from "./access";
import {
  autoMode,
  capabilities,
  hybridNodes,
  kms,
  oidcIdentityProviders,
  remoteNetworks,
  timeouts,
} from "./control-plane";
import { eksAddon, extraEksAddons } from "./eks-addons";
import { serviceAccountRoles } from "./granted-roles";
import { retentionDays } from "./networking/flow-logs";
import { securityGroups } from "./security-groups";
import { vpcCni } from "./vpc-cni";

/** The log types of an EKS control plane. */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

export const cluster = z.strictObject({
  kubernetes_version: minorVersion.describe(
    "Kubernetes minor version in quotes, one of the release's versions. Upgrades go one minor version at a time.",
  ),
  upgrade_policy: z
    .enum(["STANDARD", "EXTENDED"])
    .describe(
      "At the end of standard support: EXTENDED stays on the version at a surcharge, STANDARD lets AWS upgrade the control plane.",
    ),
  force_update_version: z.boolean().describe("Upgrades even if EKS reports upgrade insights that block the upgrade."),
  timeouts,
  availability_zones: z
    .union([z.int().min(2).max(6), z.array(z.string()).min(2).max(6)])
    .nullable()
    .describe(
      "Zones of the control plane's network interfaces: names, or the number of the network's first zones. null uses all zones of the network. EKS fixes the zones when it creates the cluster: before you add a zone to networking.availability_zones, list the present zones here (docs/control-plane.md).",
    ),
  k8s_base_domain: domainName
    .nullable()
    .describe(
      "Domain below which the cluster publishes hostnames; in or below a hosted zone of the account. null for none.",
    ),
  enabled_cluster_log_types: z.array(z.enum(LOG_TYPES)).describe("Control-plane logs written to CloudWatch."),
  cluster_log_retention_days: retentionDays,
  cluster_log_group_class: z
    .enum(["STANDARD", "INFREQUENT_ACCESS"])
    .describe(
      "INFREQUENT_ACCESS costs half to write, but does not support alarms and streaming. Changing it replaces the log group, with its content.",
    ),
  cluster_log_kms_key_arn: ownOrKmsKey
    .nullable()
    .describe(
      "KMS key that encrypts the log. own creates a key. The policy of an existing key must let CloudWatch Logs in the region use it. null uses the key of CloudWatch.",
    ),
  existing_log_group: z
    .boolean()
    .describe(
      "true: the log group of the control plane, /aws/eks/<slug>/cluster, exists already, in an imported cluster or because the logs of a deleted cluster of this name created it again. Terraform imports it instead of failing on it.",
    ),
  endpoint_private_access: z.boolean().describe("Serves the Kubernetes API inside the VPC."),
  private_access_cidrs: z
    .array(ipv4Block())
    .describe(
      "Ranges outside the VPC, such as a VPN's, that may reach the private endpoint. The VPC itself always may.",
    ),
  endpoint_public_access: z
    .boolean()
    .describe("Serves the Kubernetes API on the internet. Requires public_access_cidrs."),
  public_access_cidrs: z
    .array(ipv4Block())
    .max(40)
    .describe("Public ranges that may reach the public endpoint, at most 40."),
  public_access_ipv6_cidrs: z
    .array(ipv6Block)
    .max(40)
    .describe(
      "Public IPv6 ranges that may reach the public endpoint, for ip_family ipv6. At most 40 ranges of both families together.",
    ),
  service_ipv4_cidr: ipv4Block(12, 24).describe(
    "Range of Kubernetes Services: a /12 to a /24 of private space that overlaps no network that the cluster connects to. Changing it replaces the cluster.",
  ),
  role_arn: roleArn
    .nullable()
    .describe(
      "An existing role for the control plane, which is not changed and must have every policy that the control plane requires. null creates a role. Changing it replaces the cluster.",
    ),
  additional_policy_arns: z
    .array(policyArn)
    .max(10)
    .describe("Further IAM policies of the control plane's role, at most 10."),
  security_groups: securityGroups,
  authentication_mode: z
    .enum(["API", "API_AND_CONFIG_MAP", "CONFIG_MAP"])
    .describe(
      "API: access entries only. API_AND_CONFIG_MAP also reads aws-auth, during a migration to API. CONFIG_MAP is refused. EKS does not support a change back (docs/access.md).",
    ),
  access_entries: accessEntries,
  existing_access_entries: z
    .array(principalArn)
    .describe(
      "Principals of access_entries that already have an access entry in an imported cluster. Terraform imports these entries instead of failing on them.",
    ),
  oidc_identity_providers: oidcIdentityProviders,
  service_account_roles: serviceAccountRoles,
  deletion_protection: z.boolean().describe("EKS refuses to delete the cluster while this is true."),
  kms,
  zonal_shift: z
    .boolean()
    .nullable()
    .describe(
      "Lets Application Recovery Controller move traffic away from a zone. null leaves the setting unchanged: to disable it, set false.",
    ),
  control_plane_scaling_tier: z
    .enum(["standard", "tier-xl", "tier-2xl", "tier-4xl", "tier-8xl"])
    .nullable()
    .describe(
      "Capacity that EKS reserves for the control plane, at the price of its tier; standard scales automatically. null leaves the setting unchanged: to return to the default, set standard.",
    ),
  remote_networks: remoteNetworks,
  hybrid_nodes: hybridNodes,
  auto_mode: autoMode,
  capabilities,
  vpc_cni: vpcCni.describe("The EKS add-on vpc-cni, which assigns addresses to pods."),
  kube_proxy: eksAddon.describe("The EKS add-on kube-proxy, which routes Services."),
  eks_pod_identity_agent: eksAddon.describe("The EKS add-on eks-pod-identity-agent, which assigns AWS roles to pods."),
  extra_eks_addons: extraEksAddons,
});
