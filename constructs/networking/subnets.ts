import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Construct } from "constructs";
import type { ZoneSubnets } from "../../fleet/cluster";
import type { Tier } from "../../fleet/tiers";
import type { NetworkRef } from "./network-ref";

/** Load balancers and Karpenter find their subnets by these; the control plane's are told to EKS, so nothing looks for them. */
const DISCOVERY_TAGS: Readonly<Record<Tier, (slug: string) => Readonly<Record<string, string>>>> = {
  public: () => ({ "kubernetes.io/role/elb": "1" }),
  private: (slug) => ({ "kubernetes.io/role/internal-elb": "1", "karpenter.sh/discovery": slug }),
  intra: () => ({}),
};

export interface SubnetsProps {
  readonly slug: string;
  readonly vpcId: string;
  readonly ranges: readonly ZoneSubnets[];
}

/** A subnet for each tier and zone. Its state address holds both, so another zone leaves it alone. */
export class Subnets extends Construct {
  readonly ids: NetworkRef["subnet_ids"];

  constructor(scope: Construct, id: string, { slug, vpcId, ranges }: SubnetsProps) {
    super(scope, id);
    const idsOf = (tier: Tier) =>
      Object.fromEntries(
        ranges.map((range) => {
          const subnet = new Subnet(this, `${tier}-${range.zone}`, {
            vpcId,
            availabilityZone: range.zone,
            cidrBlock: range[tier],
            mapPublicIpOnLaunch: tier === "public",
            tags: { Name: `${slug}-${tier}-${range.zone}`, ...DISCOVERY_TAGS[tier](slug) },
          });
          return [range.zone, subnet.id];
        }),
      );
    this.ids = { public: idsOf("public"), private: idsOf("private"), intra: idsOf("intra") };
  }
}
