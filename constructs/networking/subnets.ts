import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Networking, ZoneSubnets } from "../../fleet/model/cluster";
import { DISCOVERY_TAGS } from "../../fleet/network/discovery-tags";
import { given } from "../../language/given";
import { SUBNET_TIERS, type SubnetTier } from "../../language/words/subnet-tiers";
import type { NetworkRef } from "./network-ref";

/** First of each tier's /64 blocks among the 256 of the VPC's /56. Pods' subnets exist for their IPv4 addresses only. */
const FIRST_IPV6_BLOCK: Readonly<Partial<Record<SubnetTier, number>>> = {
  private: 0,
  public: 32,
  intra: 64,
  database: 96,
};

export interface SubnetsProps {
  readonly slug: string;
  readonly vpcId: string;
  readonly ranges: readonly ZoneSubnets[];
  /** Local zones among them: their subnets have no discovery tags. */
  readonly localZones: readonly string[];
  /** Those that the definition adds to ours. */
  readonly tags: Networking["subnet_tags"];
  /** True if instances in a public subnet get a public address. */
  readonly mapPublicIp: boolean;
  /** Null leaves it to EC2. */
  readonly hostnameType: Networking["private_dns_hostname_type_on_launch"];
  /** The VPC's IPv6 block, a /56; absent where it has none. */
  readonly ipv6Block?: string;
  /** Blocks that pods' subnets are cut from. */
  readonly secondaryBlocks: readonly ITerraformDependable[];
}

/** A subnet for each tier and zone. Its state address holds both, so another zone or tier leaves it alone. */
export class Subnets extends Construct {
  readonly ids: NetworkRef["subnet_ids"];

  constructor(scope: Construct, id: string, props: SubnetsProps) {
    super(scope, id);
    const byTier = SUBNET_TIERS.map((tier) => [tier, this.idsOf(tier, props)] as const);
    const used = byTier.filter(([, ids]) => Object.keys(ids).length > 0);
    this.ids = { private: {}, public: {}, intra: {}, ...Object.fromEntries(used) };
  }

  private idsOf(tier: SubnetTier, props: SubnetsProps): Readonly<Record<string, string>> {
    const { slug, vpcId, ranges, hostnameType, localZones, mapPublicIp, secondaryBlocks, tags } = props;
    return Object.fromEntries(
      ranges.flatMap(({ zone, [tier]: cidrBlock }, place) => {
        if (cidrBlock === undefined) return [];
        const subnet = new Subnet(this, `${tier}-${zone}`, {
          vpcId,
          availabilityZone: zone,
          cidrBlock,
          mapPublicIpOnLaunch: tier === "public" && mapPublicIp,
          ...given({ privateDnsHostnameTypeOnLaunch: hostnameType }),
          ...ipv6Settings(tier, place, props.ipv6Block),
          tags: {
            Name: `${slug}-${tier}-${zone}`,
            ...(!localZones.includes(zone) && DISCOVERY_TAGS[tier](slug)),
            ...tags[tier],
          },
          ...(tier === "pod" && { dependsOn: [...secondaryBlocks] }),
        });
        return [[zone, subnet.id]];
      }),
    );
  }
}

/** EKS requires an IPv6 address on every node of an IPv6 cluster from the start, and a DNS name that resolves to it. */
function ipv6Settings(tier: SubnetTier, place: number, block: string | undefined) {
  const first = FIRST_IPV6_BLOCK[tier];
  if (block === undefined || first === undefined) return {};
  return {
    ipv6CidrBlock: Fn.cidrsubnet(block, 8, first + place),
    assignIpv6AddressOnCreation: true,
    enableResourceNameDnsAaaaRecordOnLaunch: true,
  };
}
