import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { runsWindows } from "../../fleet/ami";
import type { Cluster } from "../../fleet/cluster";
import { boundedName, NAME_LIMITS } from "../../fleet/names";
import { policyJson } from "../iam/policy";
import { ServiceRole } from "../iam/service-role";

/** What EKS does in the account for Auto Mode, besides running the control plane. */
const AUTO_MODE_POLICIES = [
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
] as const;

/** What the control plane does with the key of its secrets. */
export const KEY_USE = ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"] as const;

/** What the control plane runs as. */
export interface ControlPlaneRole {
  readonly arn: string;
  /** The same ARN written out, for policy documents; whoever uses it waits for `ready`. */
  readonly literalArn: string;
  readonly ready: readonly ITerraformDependable[];
}

/** The role that the definition names, or one of our own. */
export function controlPlaneRole(scope: Construct, cluster: Cluster, clusterArn: string): ControlPlaneRole {
  const existing = cluster.tfvars.cluster.role_arn;
  if (existing !== null) return { arn: existing, literalArn: existing, ready: [] };
  const { auto_mode, kms } = cluster.tfvars.cluster;
  const role = new ServiceRole(scope, "role", {
    name: boundedName(cluster.slug, "control-plane", NAME_LIMITS.iam_role),
    cluster,
    service: "eks.amazonaws.com",
    tag_session: true,
    condition: { ArnLike: { "aws:SourceArn": clusterArn } },
    managed_policies: [
      "AmazonEKSClusterPolicy",
      ...(runsWindows(cluster.tfvars) ? ["AmazonEKSVPCResourceController"] : []), // EKS gives Windows pods their addresses
      ...(auto_mode.enabled === null ? [] : AUTO_MODE_POLICIES), // false too: EKS takes its nodes away with them
    ],
  });
  if (!kms.enabled || kms.key_arn === null) return role;
  // The policy of a key of ours names the role; that of an existing key is not ours to change.
  const mayUseKey = new IamRolePolicy(scope, "role-may-use-key", {
    role: role.name,
    name: "secrets-key",
    policy: policyJson([{ Effect: "Allow", Action: KEY_USE, Resource: kms.key_arn }]),
  });
  return { arn: role.arn, literalArn: role.literalArn, ready: [...role.ready, mayUseKey] };
}
