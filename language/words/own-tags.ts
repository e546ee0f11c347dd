/** Keys of the tags that each resource of a cluster has, whatever its definition says. */
export const OWN_TAGS = ["Cluster", "ManagedBy", "Name", "Owner", "Stack", "Tier"] as const;
