import { z } from "zod";
import { retentionDays } from "./networking/flow-logs";
import {
  cidrText,
  domainText,
  groupText,
  minorVersionText,
  namespaceText,
  nameText,
  principalArnText,
  rawValues,
  roleArnText,
} from "./words";

/** The log types of an EKS control plane. */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

/** EKS access policies, by the name that follows `cluster-access-policy/` in their ARN. */
const ACCESS_POLICIES = [
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSViewPolicy",
] as const;

const accessEntry = z.strictObject({
  name: nameText(40).describe("Name of the entry; it is part of a state address, so renaming it replaces the entry."),
  principal_arn: principalArnText.describe("IAM role or user that is let in."),
  access_policy: z.enum(ACCESS_POLICIES).describe("EKS access policy: what the principal may do."),
  namespaces: z
    .array(namespaceText)
    .optional()
    .describe("Limits the policy to these namespaces; absent for the whole cluster."),
  kubernetes_groups: z
    .array(groupText)
    .optional()
    .describe(
      "Kubernetes groups for RBAC bindings of one's own; EKS keeps those that start with system: and eks: to itself.",
    ),
});

const rawAddon = z.strictObject({
  values: rawValues.describe("Configuration values of the EKS add-on, merged over ours; they always win."),
});

export const cluster = z.strictObject({
  kubernetes_version: minorVersionText.describe(
    "Kubernetes minor version in quotes; one that the release knows. It goes up one minor at a time.",
  ),
  upgrade_policy: z
    .enum(["STANDARD", "EXTENDED"])
    .describe(
      "At the end of standard support: EXTENDED stays on the version at a surcharge, STANDARD lets AWS upgrade the control plane.",
    ),
  k8s_base_domain: domainText
    .nullable()
    .describe(
      "Domain below which the cluster publishes hostnames; in or below a hosted zone of the account. null for none.",
    ),
  enabled_cluster_log_types: z.array(z.enum(LOG_TYPES)).describe("Control-plane logs written to CloudWatch."),
  cluster_log_retention_days: retentionDays,
  endpoint_private_access: z.boolean().describe("Serves the Kubernetes API inside the VPC."),
  private_access_cidrs: z
    .array(cidrText())
    .describe(
      "Ranges outside of the VPC, such as a VPN's, that may reach the private endpoint; the VPC itself always may.",
    ),
  endpoint_public_access: z.boolean().describe("Serves the Kubernetes API on the internet; needs public_access_cidrs."),
  public_access_cidrs: z.array(cidrText()).describe("Ranges that may reach the public endpoint."),
  service_ipv4_cidr: cidrText(12, 24).describe(
    "Range of Kubernetes Services, a /12 to a /24 of private space that overlaps no network the cluster talks to. Fixed when the cluster is made.",
  ),
  authentication_mode: z
    .enum(["API", "API_AND_CONFIG_MAP"])
    .describe("API: access entries only. API_AND_CONFIG_MAP also reads aws-auth, for a cluster on its way to API."),
  access_entries: z
    .array(accessEntry)
    .describe("Who may use the cluster. At least one AmazonEKSClusterAdminPolicy beside the role that deploys."),
  deletion_protection: z.boolean().describe("EKS refuses to delete the cluster while this is true."),
  kms: z
    .strictObject({
      deletion_window_days: z.int().min(7).max(30).describe("Days that a deleted key can still be restored, 7 to 30."),
      rotation_period_days: z.int().min(90).max(2560).describe("Days between rotations of the key, 90 to 2560."),
      administrators: z.array(roleArnText).describe("Roles that administer the key, besides the account's root."),
    })
    .describe("The key that encrypts the cluster's secrets."),
  vpc_cni: rawAddon.describe("The EKS add-on vpc-cni, which gives pods their addresses."),
  kube_proxy: rawAddon.describe("The EKS add-on kube-proxy, which routes Services."),
  eks_pod_identity_agent: rawAddon.describe("The EKS add-on eks-pod-identity-agent, which gives pods their AWS roles."),
});
