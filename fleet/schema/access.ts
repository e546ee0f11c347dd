import { z } from "zod";
import { principalArn } from "../../language/words/arns";
import { groupName, namespacePattern, userName } from "../../language/words/kubernetes";
import { itemName } from "../../language/words/names";

/**
 * EKS access policies that a principal can be given, by the name that follows `cluster-access-policy/` in their ARN. Left out
 * are those that EKS gives to roles of its own services only.
 */
const ACCESS_POLICIES = [
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSViewPolicy",
  "AmazonEKSSecretAdminPolicy",
  "AmazonEKSSecretReaderPolicy",
  "AmazonEKSACKPolicy",
  "AmazonEKSArgoCDPolicy",
  "AmazonEKSArgoCDClusterPolicy",
  "AmazonEKSKROPolicy",
  "AmazonAIOpsAssistantPolicy",
  "AmazonARCRegionSwitchScalingPolicy",
  "AIDevOpsAgentAccessPolicy",
  "AmazonEKSAutoNodePolicy",
] as const;

/** Kinds of principals: people and pipelines, and the node types that EKS does not register itself. */
const ENTRY_TYPES = ["STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "EC2"] as const;

const namespaces = z
  .array(namespacePattern)
  .min(1, "must name a namespace: leave the key out for the whole cluster")
  .optional()
  .describe("Limits the policy to these namespaces. Default: the whole cluster.");

export const accessPolicy = z.strictObject({
  policy: z.enum(ACCESS_POLICIES).describe("EKS access policy: what the principal may do."),
  namespaces,
});

const accessEntry = z.strictObject({
  name: itemName(40).describe("Name of the entry; it is part of a state address, so renaming it replaces the entry."),
  principal_arn: principalArn.describe("IAM role or user that gets access, with its path, as IAM shows it."),
  type: z
    .enum(ENTRY_TYPES)
    .optional()
    .describe(
      "Kind of principal. Default: STANDARD, for people and pipelines. The other types are node roles that are created elsewhere; EC2 is a node of EKS Auto Mode. Changing it replaces the entry.",
    ),
  access_policy: z
    .enum(ACCESS_POLICIES)
    .optional()
    .describe("EKS access policy: what the principal may do. Short for access_policies with one item."),
  namespaces: namespaces.describe("Limits access_policy to these namespaces. Default: the whole cluster."),
  access_policies: z
    .array(accessPolicy)
    .min(1, "must list a policy: leave the key out where there is none")
    .optional()
    .describe("Several EKS access policies, each for the whole cluster or for its own namespaces."),
  kubernetes_groups: z
    .array(groupName)
    .optional()
    .describe("Kubernetes groups for your own RBAC bindings. EKS reserves groups that start with system: and eks:."),
  user_name: userName
    .optional()
    .describe(
      "Name of the principal in Kubernetes and its audit log. Default: the name that EKS derives from the ARN. {{SessionName}} after a colon is replaced by the session of a role.",
    ),
});

export const accessEntries = z
  .array(accessEntry)
  .describe(
    "Principals that may use the cluster. Requires at least one AmazonEKSClusterAdminPolicy besides the roles that deploy and plan.",
  );
