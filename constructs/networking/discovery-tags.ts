import type { SubnetTier } from "../../fleet/tiers";

/** Load balancers and Karpenter find their subnets by these; all others are told to whoever uses them. */
export const DISCOVERY_TAGS: Readonly<Record<SubnetTier, (slug: string) => Readonly<Record<string, string>>>> = {
  public: () => ({ "kubernetes.io/role/elb": "1" }),
  private: (slug) => ({ "kubernetes.io/role/internal-elb": "1", "karpenter.sh/discovery": slug }),
  intra: () => ({}),
  pod: () => ({}),
  database: () => ({}),
};
