/** Kinds of subnet that nodes can be in: what lies in one may be reached from, and reaches, the same. */
export const TIERS = ["private", "public", "intra"] as const;
export type Tier = (typeof TIERS)[number];

/** All kinds of subnet. */
export const SUBNET_TIERS = [...TIERS, "pod", "database"] as const;
export type SubnetTier = (typeof SUBNET_TIERS)[number];
