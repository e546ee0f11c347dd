/** Keys of the tags that each resource of a cluster has, independent of its definition. */
export const OWN_TAGS = ["Cluster", "ManagedBy", "Name", "Owner", "Stack", "Tier"] as const;
