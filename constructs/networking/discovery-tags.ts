import type { SubnetTier } from "../../language/words/subnet-tiers";

/**
 * Load balancers and Karpenter find their subnets by these; all others are told to whoever uses them. Of local zones none has
 * them: the load balancer controller makes no load balancer at all where it finds zones of both kinds.
 */
export const DISCOVERY_TAGS: Readonly<Record<SubnetTier, (slug: string) => Readonly<Record<string, string>>>> = {
  public: () => ({ "kubernetes.io/role/elb": "1" }),
  private: (slug) => ({ "kubernetes.io/role/internal-elb": "1", "karpenter.sh/discovery": slug }),
  intra: () => ({}),
  pod: () => ({}),
  database: () => ({}),
};
