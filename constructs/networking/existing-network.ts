import { DataAwsRouteTable } from "@cdktf/provider-aws/lib/data-aws-route-table";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Ec2Tag } from "@cdktf/provider-aws/lib/ec2-tag";
import { Construct } from "constructs";
import type { Cluster, Networking } from "../../fleet/model/cluster";
import { makesEndpoints } from "../../fleet/network/existing-vpc";
import { SUBNET_TIERS, type SubnetTier } from "../../fleet/network/subnet-tiers";
import { hasTier } from "../../fleet/network/subnets";
import { DISCOVERY_TAGS } from "./discovery-tags";
import { addGatewayEndpoints } from "./gateway-endpoints";
import type { NetworkRef } from "./network-ref";

/**
 * A VPC that was there before the cluster, as the plan finds it. Each subnet is looked up by itself, by tier and zone, so that a
 * lookup that finds none or several fails, and a subnet that somebody adds to the VPC changes nothing. Ids are looked up too:
 * an id of another VPC or zone is then an error of the plan, and not of a node that cannot start.
 */
export class ExistingNetwork extends Construct {
  readonly ref: NetworkRef;
  /** Zone -> range of its subnet for pods, which may be of another block than the first. */
  readonly podRanges: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, cluster: Cluster) {
    super(scope, id);
    const { networking } = cluster.tfvars;
    const { vpc_id, vpc_tags } = networking.existing_vpc;

    const vpc = new DataAwsVpc(this, "vpc", {
      ...(vpc_id === null ? { tags: { ...vpc_tags } } : { id: vpc_id }),
      cidrBlock: networking.vpc_cidr, // overlaps are checked with it, so it has to be true
    });
    const used = SUBNET_TIERS.filter((tier) => hasTier(networking, tier));
    const found = used.map((tier) => [tier, this.subnetsOf(tier, vpc.id, cluster)] as const);
    const byTier = found.map(([tier, subnets]) => [tier, mapped(subnets, ({ id }) => id)] as const);
    const subnetIds: NetworkRef["subnet_ids"] = { private: {}, public: {}, intra: {}, ...Object.fromEntries(byTier) };
    this.podRanges = mapped(Object.fromEntries(found)["pod"] ?? {}, ({ cidrBlock }) => cidrBlock);
    const inZones = Object.entries(subnetIds.private).filter(([zone]) => cluster.zones.includes(zone));

    this.addTags(cluster, subnetIds);
    this.ref = {
      vpc_id: vpc.id,
      vpc_cidr_block: networking.vpc_cidr,
      ...(networking.ip_family === "ipv4" ? {} : { vpc_ipv6_cidr_block: vpc.ipv6CidrBlock }),
      zones: cluster.zones,
      subnet_ids: { ...subnetIds, intra: used.includes("intra") ? subnetIds.intra : Object.fromEntries(inZones) },
      route_table_ids: this.tables(networking, vpc.id),
    };
    if (makesEndpoints(networking)) addGatewayEndpoints(this, cluster, this.ref);
  }

  /** As they are written, so that what is routed by them has an address of theirs; the plan finds out whether they are the VPC's. */
  private tables({ existing_vpc: { route_table_ids } }: Networking, vpcId: string): NetworkRef["route_table_ids"] {
    for (const routeTableId of new Set(Object.values(route_table_ids).flat())) {
      new DataAwsRouteTable(this, routeTableId, { vpcId, routeTableId });
    }
    const { database, ...ids } = route_table_ids;
    return { ...ids, ...(database.length === 0 ? {} : { database }) };
  }

  /** Zone -> subnet, of the region's zones, and for nodes and load balancers of the local zones too. */
  private subnetsOf(
    tier: SubnetTier,
    vpcId: string,
    { tfvars, zones }: Cluster,
  ): Readonly<Record<string, DataAwsSubnet>> {
    const { networking } = tfvars;
    const local = tier === "private" || tier === "public" ? networking.local_zones : [];
    return Object.fromEntries(
      [...zones, ...local].flatMap((zone) => {
        const by = lookup(networking, tier, zone);
        if (by === undefined) return []; // a local zone without a public subnet
        return [[zone, new DataAwsSubnet(this, `${tier}-${zone}`, { vpcId, availabilityZone: zone, ...by })]];
      }),
    );
  }

  private addTags({ slug, tfvars, zones }: Cluster, subnetIds: NetworkRef["subnet_ids"]): void {
    const wanted = new Set<string>(tfvars.networking.existing_vpc.add_subnet_tags);
    for (const tier of ["private", "public"] as const) {
      const tags = Object.entries(DISCOVERY_TAGS[tier](slug)).filter(([key]) => wanted.has(key));
      for (const [zone, resourceId] of Object.entries(subnetIds[tier])) {
        if (!zones.includes(zone)) continue; // a local zone
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

/** By its id, or by tags of which the VPC has one subnet in the zone. */
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
  if (id !== undefined) return { id, ...(ipv6.length === 0 ? {} : { lifecycle: { postcondition: ipv6 } }) };
  if (Object.keys(tags).length === 0) return undefined;
  // EC2 has no filter for subnets that are on no Outpost, though an Outpost's are in a zone of the region too.
  const onNoOutpost = {
    condition: "${try(length(self.outpost_arn), 0) == 0}",
    errorMessage: `The ${tier} subnet that tags find in ${zone} is on an Outpost: name it in existing_vpc.subnet_ids if it is meant.`,
  };
  return { tags: { ...tags }, lifecycle: { postcondition: [onNoOutpost, ...ipv6] } };
}
