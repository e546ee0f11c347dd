/** Policies of AWS that roles of ours have by themselves, by the names that follow `policy/` in their ARN. */

/** Join, and pull images. Not the CNI's policy: the CNI has a role of its own. */
export const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"] as const;

/** Be reached without SSH, and known to Systems Manager. */
export const SESSION_MANAGER_POLICY = "AmazonSSMManagedInstanceCore";

/** Pull images; the rest of what a node outside of AWS may do is said for its cluster alone. */
export const HYBRID_NODE_POLICY = "AmazonEC2ContainerRegistryPullOnly";

/** What EKS does in the account for Auto Mode, besides running the control plane. */
export const AUTO_MODE_POLICIES = [
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
] as const;

/** Start the pods of a profile. */
export const FARGATE_POLICY = "AmazonEKSFargatePodExecutionRolePolicy";

/** A policy as part of an address in the state, by its account and its path: `111111111111-teams-search`, `aws-ReadOnlyAccess`. */
export function attachmentName(policyArn: string): string {
  const [, , , , owner = "", path = ""] = policyArn.split(":");
  return `${owner}-${path.replace(/^policy\//, "").replaceAll("/", "-")}`;
}
