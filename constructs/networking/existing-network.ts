import { DataAwsRouteTable } from "@cdktf/provider-aws/lib/data-aws-route-table";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Ec2Tag } from "@cdktf/provider-aws/lib/ec2-tag";
import { Construct } from "constructs";
import type { Networking } from "../../fleet/model/cluster";
import { DISCOVERY_TAGS } from "../../fleet/network/discovery-tags";
import type { NetworkPlan } from "../../fleet/plan/network-plan";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import type { SubnetTier } from "../../language/words/subnet-tiers";
import { addGatewayEndpoints } from "./gateway-endpoints";
import type { NetworkRef } from "./network-ref";

export interface ExistingNetworkProps {
  readonly owner: Owner;
  readonly plan: NetworkPlan;
  readonly settings: Networking;
}

/**
 * A VPC that existed before the cluster, as Terraform's plan finds it. Each subnet is looked up by tier and zone: a lookup that
 * finds none or several fails, and a subnet that somebody adds to the VPC changes nothing. Ids are looked up too: an id of another
 * VPC or zone then fails the plan, not the start of a node.
 */
export class ExistingNetwork extends Construct {
  readonly ref: NetworkRef;
  /** Zone -> range of its subnet for pods, which may be in a secondary block. */
  readonly podRanges: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ExistingNetworkProps) {
    super(scope, id);
    const { owner, plan, settings: networking } = props;
    const { vpc_id, vpc_tags } = networking.existing_vpc;

    const vpc = new DataAwsVpc(this, "vpc", {
      ...(vpc_id === null ? { tags: { ...vpc_tags } } : { id: vpc_id }),
      cidrBlock: networking.vpc_cidr, // checks of overlaps rely on it, so it must be correct
    });
    const found = plan.tiers.map((tier) => [tier, this.subnetsOf(tier, vpc.id, props)] as const);
    const byTier = found.map(([tier, subnets]) => [tier, mapped(subnets, ({ id }) => id)] as const);
    const subnetIds: NetworkRef["subnet_ids"] = { private: {}, public: {}, intra: {}, ...Object.fromEntries(byTier) };
    this.podRanges = mapped(Object.fromEntries(found)["pod"] ?? {}, ({ cidrBlock }) => cidrBlock);
    // A VPC can have public subnets only. The control plane is then in those.
    const ofControlPlane = subnetIds[plan.tiers.includes("private") ? "private" : "public"];
    const inZones = Object.entries(ofControlPlane).filter(([zone]) => plan.zones.includes(zone));

    this.addTags(props, subnetIds);
    this.ref = {
      vpc_id: vpc.id,
      vpc_cidr_block: networking.vpc_cidr,
      ...(plan.hasIpv6 && { vpc_ipv6_cidr_block: vpc.ipv6CidrBlock }),
      zones: plan.zones,
      subnet_ids: { ...subnetIds, intra: plan.tiers.includes("intra") ? subnetIds.intra : Object.fromEntries(inZones) },
      route_table_ids: this.tables(networking, vpc.id),
    };
    addGatewayEndpoints(this, { owner, plan, network: this.ref });
  }

  /** Returns the ids as they are written, because state addresses of routes contain them. The lookups verify that they are in the VPC. */
  private tables({ existing_vpc: { route_table_ids } }: Networking, vpcId: string): NetworkRef["route_table_ids"] {
    for (const routeTableId of new Set(Object.values(route_table_ids).flat())) {
      new DataAwsRouteTable(this, routeTableId, { vpcId, routeTableId });
    }
    const { database, ...ids } = route_table_ids;
    return { ...ids, ...(database.length > 0 && { database }) };
  }

  /** Returns the subnets by zone; local zones are included for the tiers of nodes and load balancers. */
  private subnetsOf(
    tier: SubnetTier,
    vpcId: string,
    { plan: { zones }, settings: networking }: ExistingNetworkProps,
  ): Readonly<Record<string, DataAwsSubnet>> {
    const local = tier === "private" || tier === "public" ? networking.local_zones : [];
    return Object.fromEntries(
      [...zones, ...local].flatMap((zone) => {
        const by = lookup(networking, tier, zone);
        if (by === undefined) return []; // a local zone without a public subnet
        return [[zone, new DataAwsSubnet(this, `${tier}-${zone}`, { vpcId, availabilityZone: zone, ...by })]];
      }),
    );
  }

  private addTags({ owner, plan, settings }: ExistingNetworkProps, subnetIds: NetworkRef["subnet_ids"]): void {
    const wanted = new Set<string>(settings.existing_vpc.add_subnet_tags);
    for (const tier of ["private", "public"] as const) {
      const tags = Object.entries(DISCOVERY_TAGS[tier](owner.slug)).filter(([key]) => wanted.has(key));
      for (const [zone, resourceId] of Object.entries(subnetIds[tier])) {
        if (!plan.zones.includes(zone)) continue; // a local zone
        for (const [key, value] of tags) {
          new Ec2Tag(this, `${tier}-${zone}-${key.replaceAll(/[./]/g, "-")}`, { resourceId, key, value });
        }
      }
    }
  }
}

function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  to: (from: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));
}

/** Returns how a subnet is found: by its id, or by tags that one subnet of the zone has; undefined if neither is given. */
function lookup({ existing_vpc, ip_family }: Networking, tier: SubnetTier, zone: string) {
  const id = existing_vpc.subnet_ids[tier][zone];
  const tags = existing_vpc.subnet_tags[tier];
  const ipv6 =
    ip_family === "ipv6"
      ? [
          {
            condition: "${try(length(self.ipv6_cidr_block), 0) > 0}",
            errorMessage: `The ${tier} subnet in ${zone} has no IPv6 block, which ip_family ipv6 needs.`,
          },
        ]
      : [];
  if (id !== undefined) return { id, ...given({ lifecycle: ipv6.length === 0 ? undefined : { postcondition: ipv6 } }) };
  if (Object.keys(tags).length === 0) return undefined;
  // EC2 has no filter for subnets that are on no Outpost, though an Outpost's are in a zone of the region too.
  const onNoOutpost = {
    condition: "${try(length(self.outpost_arn), 0) == 0}",
    errorMessage: `The ${tier} subnet that tags find in ${zone} is on an Outpost: name it in existing_vpc.subnet_ids if it is meant.`,
  };
  return { tags: { ...tags }, lifecycle: { postcondition: [onNoOutpost, ...ipv6] } };
}
