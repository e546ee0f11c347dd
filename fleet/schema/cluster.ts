import { z } from "zod";
import { kmsKeyArn, policyArn, principalArn, roleArn } from "../../language/words/arns";
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
    "Kubernetes minor version in quotes; one that the release knows. It goes up one minor at a time.",
  ),
  upgrade_policy: z
    .enum(["STANDARD", "EXTENDED"])
    .describe(
      "At the end of standard support: EXTENDED stays on the version at a surcharge, STANDARD lets AWS upgrade the control plane.",
    ),
  force_update_version: z
    .boolean()
    .describe("Upgrades although EKS finds something in the cluster that stands against it."),
  timeouts,
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
      "INFREQUENT_ACCESS costs half to write, and can neither be alarmed on nor streamed. Changing it replaces the log group, with what is in it.",
    ),
  cluster_log_kms_key_arn: kmsKeyArn
    .nullable()
    .describe(
      "KMS key that encrypts the log, whose policy lets CloudWatch Logs of the region use it; null for the one of CloudWatch.",
    ),
  endpoint_private_access: z.boolean().describe("Serves the Kubernetes API inside the VPC."),
  private_access_cidrs: z
    .array(ipv4Block())
    .describe(
      "Ranges outside of the VPC, such as a VPN's, that may reach the private endpoint; the VPC itself always may.",
    ),
  endpoint_public_access: z.boolean().describe("Serves the Kubernetes API on the internet; needs public_access_cidrs."),
  public_access_cidrs: z
    .array(ipv4Block())
    .max(40)
    .describe("Public ranges that may reach the public endpoint; EKS takes 40."),
  public_access_ipv6_cidrs: z
    .array(ipv6Block)
    .max(40)
    .describe(
      "The same of IPv6, for a cluster of ip_family ipv6, whose endpoint has addresses of both families; EKS takes 40 of both together.",
    ),
  service_ipv4_cidr: ipv4Block(12, 24).describe(
    "Range of Kubernetes Services, a /12 to a /24 of private space that overlaps no network the cluster talks to. Fixed when the cluster is made.",
  ),
  role_arn: roleArn
    .nullable()
    .describe(
      "An existing role for the control plane, which is not changed and has every policy it needs; null makes one. Changing it replaces the cluster.",
    ),
  additional_policy_arns: z
    .array(policyArn)
    .max(10)
    .describe("IAM policies that the control plane's role gets besides those that it needs, at most 10."),
  security_groups: securityGroups,
  authentication_mode: z
    .enum(["API", "API_AND_CONFIG_MAP", "CONFIG_MAP"])
    .describe(
      "API: access entries only. API_AND_CONFIG_MAP also reads aws-auth, for a cluster on its way to API. CONFIG_MAP, where such a cluster comes from, is refused. EKS takes no step back (docs/access.md).",
    ),
  access_entries: accessEntries,
  existing_access_entries: z
    .array(principalArn)
    .describe(
      "Principals of entries above whom EKS lets in already, in a cluster that comes from elsewhere: Terraform takes their entries over instead of failing on them.",
    ),
  oidc_identity_providers: oidcIdentityProviders,
  service_account_roles: serviceAccountRoles,
  deletion_protection: z.boolean().describe("EKS refuses to delete the cluster while this is true."),
  kms,
  zonal_shift: z
    .boolean()
    .nullable()
    .describe(
      "Lets Application Recovery Controller move traffic away from a zone. null leaves it as it is: to switch it off, set false.",
    ),
  control_plane_scaling_tier: z
    .enum(["standard", "tier-xl", "tier-2xl", "tier-4xl", "tier-8xl"])
    .nullable()
    .describe(
      "Capacity that EKS keeps for the control plane, at the price of its tier: standard scales by itself. null leaves it as it is: to go back, set standard.",
    ),
  remote_networks: remoteNetworks,
  hybrid_nodes: hybridNodes,
  auto_mode: autoMode,
  capabilities,
  vpc_cni: vpcCni.describe("The EKS add-on vpc-cni, which gives pods their addresses."),
  kube_proxy: eksAddon.describe("The EKS add-on kube-proxy, which routes Services."),
  eks_pod_identity_agent: eksAddon.describe("The EKS add-on eks-pod-identity-agent, which gives pods their AWS roles."),
  extra_eks_addons: extraEksAddons,
});
