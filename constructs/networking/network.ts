import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { Construct } from "constructs";
import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Networking } from "../../fleet/model/cluster";
import type { NetworkPlan } from "../../fleet/plan/network-plan";
import type { Owner } from "../../fleet/plan/owner";
import { given } from "../../language/given";
import { leaveBucketBehind } from "../storage/private-bucket";
import { FlowLogs } from "./flow-logs";
import { addGatewayEndpoints } from "./gateway-endpoints";
import { NatGateways } from "./nat-gateways";
import type { NetworkRef } from "./network-ref";
import { PrefixReservations } from "./prefix-reservations";
import { Routing } from "./routing";
import { Subnets } from "./subnets";

export interface NetworkProps {
  readonly owner: Owner;
  readonly plan: NetworkPlan;
  readonly settings: Networking;
  /** True if no plan may replace or remove the VPC. */
  readonly deletionProtection: boolean;
  /** True if the upper half of the pods' subnets is reserved for prefixes. */
  readonly reservesPrefixes: boolean;
  /** Days between the deletion of a key and its end. */
  readonly keyDeletionDays: number;
}

/** The VPC of one cluster, with its subnets, ways out and flow logs. */
export class Network extends Construct {
  readonly ref: NetworkRef;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { owner, plan, settings: networking } = props;
    const { slug } = owner;
    const { hasIpv6, zones } = plan;

    const vpc = new Vpc(this, "Resource", {
      cidrBlock: networking.vpc_cidr,
      ...(hasIpv6 && { assignGeneratedIpv6CidrBlock: true }),
      instanceTenancy: networking.instance_tenancy,
      enableDnsSupport: true,
      enableDnsHostnames: true, // nodes register, and private endpoints resolve, by name
      tags: { Name: slug },
      lifecycle: { preventDestroy: props.deletionProtection },
    });
    const secondaryBlocks = networking.secondary_cidr_blocks.map(
      (cidrBlock) =>
        new VpcIpv4CidrBlockAssociation(this, `block-${cidrBlock.replaceAll(/[./]/g, "-")}`, {
          vpcId: vpc.id,
          cidrBlock,
        }),
    );
    // A resource without a security group gets this one, which then lets nothing in or out.
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: vpc.id, tags: { Name: `${slug}-default` } });

    const subnets = new Subnets(this, "subnets", {
      slug,
      vpcId: vpc.id,
      ranges: plan.subnets,
      localZones: networking.local_zones,
      tags: networking.subnet_tags,
      mapPublicIp: networking.map_public_ip_on_launch,
      hostnameType: networking.private_dns_hostname_type_on_launch,
      ...(hasIpv6 && { ipv6Block: vpc.ipv6CidrBlock }),
      secondaryBlocks,
    });
    const waysOut = this.waysOut(props, vpc.id, subnets.ids);
    const routing = new Routing(this, "routes", {
      slug,
      vpcId: vpc.id,
      subnetIds: subnets.ids,
      ipv6: hasIpv6,
      ...waysOut,
    });

    addGatewayEndpoints(this, { owner, plan, network: { vpc_id: vpc.id, route_table_ids: routing.tableIds } });
    if (networking.flow_logs.enabled) {
      const { keyDeletionDays } = props;
      new FlowLogs(this, "flow-logs", { owner, vpcId: vpc.id, settings: networking.flow_logs, keyDeletionDays });
    } else {
      leaveBucketBehind(this, "flow-logs", "bucket");
    }
    if (props.reservesPrefixes) new PrefixReservations(this, "prefixes", { plan, subnetIds: subnets.ids });

    const inZones = (ids: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(ids).filter(([zone]) => zones.includes(zone)));
    this.ref = {
      vpc_id: vpc.id,
      vpc_cidr_block: networking.vpc_cidr,
      ...(hasIpv6 && { vpc_ipv6_cidr_block: vpc.ipv6CidrBlock }),
      zones,
      subnet_ids: {
        ...subnets.ids,
        intra: plan.tiers.includes("intra") ? subnets.ids.intra : inZones(subnets.ids.private),
      },
      route_table_ids: routing.tableIds,
      ...this.databaseSubnetGroup(slug, subnets.ids.database),
    };
  }

  /** Creates the gateways to the internet that the subnets can use. */
  private waysOut(props: NetworkProps, vpcId: string, subnetIds: NetworkRef["subnet_ids"]) {
    const { owner, plan, settings: networking } = props;
    const { slug } = owner;
    const egressOnly =
      plan.hasIpv6 && networking.egress_only_internet_gateway && !networking.private
        ? new EgressOnlyInternetGateway(this, "egress-only-internet-gateway", { vpcId, tags: { Name: slug } })
        : undefined;
    const byIpv6 = given({ egressOnlyGatewayId: egressOnly?.id });
    const isPublic = plan.tiers.includes("public");
    if (!isPublic && networking.nat_gateways !== "regional") return { natGatewayIds: {}, ...byIpv6 };

    const internet = new InternetGateway(this, "internet-gateway", { vpcId, tags: { Name: slug } });
    const nat = new NatGateways(this, "nat", {
      slug,
      vpcId,
      mode: networking.nat_gateways,
      zones: plan.zones,
      publicSubnetIds: Object.fromEntries(
        Object.entries(subnetIds.public).filter(([zone]) => plan.zones.includes(zone)), // local zones have no NAT gateways
      ),
      allocationIds: networking.nat_gateway_eip_allocation_ids,
      after: internet,
    });
    const [first] = Object.values(nat.idByZone);
    const ofLocalZones =
      first === undefined ? {} : Object.fromEntries(networking.local_zones.map((zone) => [zone, first]));
    return {
      ...(isPublic && { internetGatewayId: internet.id }),
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
