/** Kinds of subnet that nodes can be in: what lies in one may be reached from, and reaches, the same. */
export const TIERS = ["private", "public", "intra"] as const;
export type Tier = (typeof TIERS)[number];

/** Kinds of subnet that have route tables of their own; pods go the way of their zone's private subnet. */
export const ROUTED_TIERS = [...TIERS, "database"] as const;
export type RoutedTier = (typeof ROUTED_TIERS)[number];

/** All kinds of subnet. */
export const SUBNET_TIERS = [...TIERS, "pod", "database"] as const;
export type SubnetTier = (typeof SUBNET_TIERS)[number];
