/** Kinds of subnet: what lies in one may be reached from, and reaches, the same. */
export const TIERS = ["private", "public", "intra"] as const;
export type Tier = (typeof TIERS)[number];
