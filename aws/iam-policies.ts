/** AWS managed policies that the program attaches to roles, by the part of their ARN after `policy/`. */

/** Lets a node join the cluster and pull images. The CNI's policy is not here, because the CNI has its own role. */
export const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"] as const;

/** Registers a node with Systems Manager, which opens sessions without SSH. */
export const SESSION_MANAGER_POLICY = "AmazonSSMManagedInstanceCore";

/** Lets a node outside of AWS pull images. Its other permissions name its cluster, so they are in an inline policy. */
export const HYBRID_NODE_POLICY = "AmazonEC2ContainerRegistryPullOnly";

/** Lets EKS manage nodes, volumes and load balancers for Auto Mode. */
export const AUTO_MODE_POLICIES = [
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
] as const;

/** Lets Fargate start the pods of a profile. */
export const FARGATE_POLICY = "AmazonEKSFargatePodExecutionRolePolicy";

/** Returns a policy's part of a state address, from account and path: `111111111111-teams-search`, `aws-ReadOnlyAccess`. */
export function attachmentName(policyArn: string): string {
  const [, , , , owner = "", path = ""] = policyArn.split(":");
  return `${owner}-${path.replace(/^policy\//, "").replaceAll("/", "-")}`;
}
