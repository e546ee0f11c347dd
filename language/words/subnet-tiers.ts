/** Tiers of subnets for nodes. Subnets of one tier have the same ways in and out. */
export const TIERS = ["private", "public", "intra"] as const;
export type Tier = (typeof TIERS)[number];

/** Tiers with their own route tables; pod subnets use the route table of their zone's private subnet. */
export const ROUTED_TIERS = [...TIERS, "database"] as const;
export type RoutedTier = (typeof ROUTED_TIERS)[number];

/** All tiers of subnets. */
export const SUBNET_TIERS = [...TIERS, "pod", "database"] as const;
export type SubnetTier = (typeof SUBNET_TIERS)[number];
