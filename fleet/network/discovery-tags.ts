import type { SubnetTier } from "../../language/words/subnet-tiers";

/** The tag by which Karpenter finds subnets and security groups. Its value is the cluster's slug. */
export const KARPENTER_DISCOVERY = "karpenter.sh/discovery";

/**
 * Tags by which load balancers and Karpenter find the subnets of a tier. Other users of subnets receive their ids. Subnets of local
 * zones do not have these tags: the load balancer controller creates no load balancer if it finds zones of both kinds.
 */
export const DISCOVERY_TAGS: Readonly<Record<SubnetTier, (slug: string) => Readonly<Record<string, string>>>> = {
  public: () => ({ "kubernetes.io/role/elb": "1" }),
  private: (slug) => ({ "kubernetes.io/role/internal-elb": "1", [KARPENTER_DISCOVERY]: slug }),
  intra: () => ({}),
  pod: () => ({}),
  database: () => ({}),
};

/** Returns the keys of a tier's tags. */
export function discoveryKeys(tier: SubnetTier): readonly string[] {
  return Object.keys(DISCOVERY_TAGS[tier](""));
}
