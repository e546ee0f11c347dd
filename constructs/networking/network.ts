import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Cluster } from "../../fleet/model/cluster";
import { hasTier } from "../../fleet/network/subnets";
import { FlowLogs } from "./flow-logs";
import { addGatewayEndpoints } from "./gateway-endpoints";
import { NatGateways } from "./nat-gateways";
import type { NetworkRef } from "./network-ref";
import { PrefixReservations } from "./prefix-reservations";
import { Routing } from "./routing";
import { Subnets } from "./subnets";

/** The VPC of one cluster, with its subnets, ways out and flow logs. */
export class Network extends Construct {
  readonly ref: NetworkRef;

  constructor(scope: Construct, id: string, cluster: Cluster) {
    super(scope, id);
    const { slug, tfvars, zones } = cluster;
    const { networking } = tfvars;
    const hasIpv6 = networking.ip_family !== "ipv4";

    const vpc = new Vpc(this, "Resource", {
      cidrBlock: networking.vpc_cidr,
      ...(hasIpv6 ? { assignGeneratedIpv6CidrBlock: true } : {}),
      instanceTenancy: networking.instance_tenancy,
      enableDnsSupport: true,
      enableDnsHostnames: true, // nodes register, and private endpoints resolve, by name
      tags: { Name: slug },
      // Everything of the cluster is in it: where the cluster may not be deleted, no plan may replace or remove its VPC.
      lifecycle: { preventDestroy: tfvars.cluster.deletion_protection },
    });
    const secondaryBlocks = networking.secondary_cidr_blocks.map(
      (cidrBlock) =>
        new VpcIpv4CidrBlockAssociation(this, `block-${cidrBlock.replaceAll(/[./]/g, "-")}`, {
          vpcId: vpc.id,
          cidrBlock,
        }),
    );
    // What is made without a security group of its own gets this one, which then lets nothing in or out.
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: vpc.id, tags: { Name: `${slug}-default` } });

    const subnets = new Subnets(this, "subnets", {
      slug,
      vpcId: vpc.id,
      ranges: cluster.subnets,
      localZones: networking.local_zones,
      tags: networking.subnet_tags,
      mapPublicIp: networking.map_public_ip_on_launch,
      hostnameType: networking.private_dns_hostname_type_on_launch,
      ...(hasIpv6 ? { ipv6Block: vpc.ipv6CidrBlock } : {}),
      secondaryBlocks,
    });
    const waysOut = this.waysOut(cluster, vpc.id, subnets.ids);
    const routing = new Routing(this, "routes", {
      slug,
      vpcId: vpc.id,
      subnetIds: subnets.ids,
      ipv6: hasIpv6,
      ...waysOut,
    });

    addGatewayEndpoints(this, cluster, { vpc_id: vpc.id, route_table_ids: routing.tableIds });
    if (networking.flow_logs.enabled) new FlowLogs(this, "flow-logs", { cluster, vpcId: vpc.id });
    if (tfvars.cluster.vpc_cni.reserve_prefixes) {
      new PrefixReservations(this, "prefixes", { cluster, subnetIds: subnets.ids });
    }

    const inZones = (ids: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(ids).filter(([zone]) => zones.includes(zone)));
    this.ref = {
      vpc_id: vpc.id,
      vpc_cidr_block: networking.vpc_cidr,
      ...(hasIpv6 ? { vpc_ipv6_cidr_block: vpc.ipv6CidrBlock } : {}),
      zones,
      subnet_ids: {
        ...subnets.ids,
        intra: hasTier(networking, "intra") ? subnets.ids.intra : inZones(subnets.ids.private),
      },
      route_table_ids: routing.tableIds,
      ...this.databaseSubnetGroup(slug, subnets.ids.database),
    };
  }

  /** Gateways to the internet, as far as there are subnets that may use them. */
  private waysOut({ slug, zones, tfvars }: Cluster, vpcId: string, subnetIds: NetworkRef["subnet_ids"]) {
    const { networking } = tfvars;
    const egressOnly =
      networking.ip_family !== "ipv4" && networking.egress_only_internet_gateway && !networking.private
        ? new EgressOnlyInternetGateway(this, "egress-only-internet-gateway", { vpcId, tags: { Name: slug } })
        : undefined;
    const byIpv6 = egressOnly === undefined ? {} : { egressOnlyGatewayId: egressOnly.id };
    if (!hasTier(networking, "public")) return { natGatewayIds: {}, ...byIpv6 };

    const internet = new InternetGateway(this, "internet-gateway", { vpcId, tags: { Name: slug } });
    const nat = new NatGateways(this, "nat", {
      slug,
      mode: networking.nat_gateways,
      publicSubnetIds: Object.fromEntries(
        Object.entries(subnetIds.public).filter(([zone]) => zones.includes(zone)), // local zones have none to offer
      ),
      allocationIds: networking.nat_gateway_eip_allocation_ids,
      after: internet,
    });
    const [first] = Object.values(nat.idByZone);
    const ofLocalZones =
      first === undefined ? {} : Object.fromEntries(networking.local_zones.map((zone) => [zone, first]));
    return {
      internetGatewayId: internet.id,
      natGatewayIds: { ...nat.idByZone, ...ofLocalZones },
      ...byIpv6,
    };
  }

  private databaseSubnetGroup(
    slug: string,
    subnetIds: Readonly<Record<string, string>> | undefined,
  ): Pick<NetworkRef, "database_subnet_group_name"> {
    if (subnetIds === undefined) return {};
    const group = new DbSubnetGroup(this, "database-subnet-group", {
      name: boundedName(slug, "database", NAME_LIMITS.db_subnet_group),
      description: `Subnets for databases of ${slug}`,
      subnetIds: Object.values(subnetIds),
      tags: { Name: slug },
    });
    return { database_subnet_group_name: group.name };
  }
}
