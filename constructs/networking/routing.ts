import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Construct } from "constructs";
import type { SubnetTier } from "../../language/words/subnet-tiers";
import type { NetworkRef } from "./network-ref";

const ANYWHERE = "0.0.0.0/0";
const ANYWHERE_IPV6 = "::/0";

export interface RoutingProps {
  readonly slug: string;
  readonly vpcId: string;
  readonly subnetIds: NetworkRef["subnet_ids"];
  /** The public subnets' way out; absent where there are none. */
  readonly internetGatewayId?: string;
  /** True if the public subnets have IPv6 addresses. */
  readonly ipv6: boolean;
  /** Zone -> NAT gateway; a zone without one gets no route out. */
  readonly natGatewayIds: Readonly<Record<string, string>>;
  /** The private subnets' way out by IPv6; absent where they have none. */
  readonly egressOnlyGatewayId?: string;
}

/**
 * Route tables: one for all public subnets; one for each private subnet, so that a zone can get a NAT gateway of its own in
 * place, and the zone's pods go the same way; one for the control plane's and one for databases, which lead nowhere outside.
 * Routes are resources of their own, because routes inside a table and routes beside it (peering, transit) undo each other.
 */
export class Routing extends Construct {
  readonly tableIds: NetworkRef["route_table_ids"];

  constructor(scope: Construct, id: string, props: RoutingProps) {
    super(scope, id);
    const database = this.closed("database", props);
    this.tableIds = {
      public: this.publicTable(props),
      private: this.privateTables(props),
      intra: this.closed("intra", props),
      ...(database.length > 0 && { database }),
    };
  }

  private publicTable(props: RoutingProps): string[] {
    const { internetGatewayId, ipv6, subnetIds } = props;
    if (internetGatewayId === undefined) return [];
    const table = this.table("public", props);
    this.associate("public", table, subnetIds.public);
    const gateway = { routeTableId: table, gatewayId: internetGatewayId };
    new Route(this, "public-internet", { ...gateway, destinationCidrBlock: ANYWHERE });
    if (ipv6) new Route(this, "public-internet-ipv6", { ...gateway, destinationIpv6CidrBlock: ANYWHERE_IPV6 });
    return [table];
  }

  private privateTables(props: RoutingProps): string[] {
    const { subnetIds, natGatewayIds, egressOnlyGatewayId } = props;
    return Object.entries(subnetIds.private).map(([zone, subnetId]) => {
      const table = this.table(`private-${zone}`, props);
      this.associate("private", table, { [zone]: subnetId });
      const podSubnetId = subnetIds.pod?.[zone];
      if (podSubnetId !== undefined) this.associate("pod", table, { [zone]: podSubnetId });
      const natGatewayId = natGatewayIds[zone];
      if (natGatewayId !== undefined) {
        new Route(this, `private-${zone}-nat`, { routeTableId: table, destinationCidrBlock: ANYWHERE, natGatewayId });
      }
      if (egressOnlyGatewayId !== undefined) {
        new Route(this, `private-${zone}-egress-only`, {
          routeTableId: table,
          destinationIpv6CidrBlock: ANYWHERE_IPV6,
          egressOnlyGatewayId,
        });
      }
      return table;
    });
  }

  /** A table that leads nowhere but to the VPC, for the tiers that are to be reached from nowhere else. */
  private closed(tier: "intra" | "database", props: RoutingProps): string[] {
    const subnetIds = props.subnetIds[tier] ?? {};
    if (Object.keys(subnetIds).length === 0) return [];
    const table = this.table(tier, props);
    this.associate(tier, table, subnetIds);
    return [table];
  }

  private table(name: string, { slug, vpcId }: RoutingProps): string {
    return new RouteTable(this, name, { vpcId, tags: { Name: `${slug}-${name}` } }).id;
  }

  private associate(tier: SubnetTier, routeTableId: string, subnetIds: Readonly<Record<string, string>>): void {
    for (const [zone, subnetId] of Object.entries(subnetIds)) {
      new RouteTableAssociation(this, `${tier}-${zone}-association`, { routeTableId, subnetId });
    }
  }
}
