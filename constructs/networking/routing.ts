import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Construct } from "constructs";
import type { NetworkRef } from "./network-ref";

const ANYWHERE = "0.0.0.0/0";

export interface RoutingProps {
  readonly slug: string;
  readonly vpcId: string;
  readonly subnetIds: NetworkRef["subnet_ids"];
  readonly internetGatewayId: string;
  /** Zone -> NAT gateway; a zone without one gets no route out. */
  readonly natGatewayIds: Readonly<Record<string, string>>;
}

/**
 * Route tables: one for all public subnets; one for each private subnet, so that a zone can get a NAT gateway of its own in
 * place; one for the control plane's, which lead nowhere outside. Routes are resources of their own, because routes inside a
 * table and routes beside it (peering, transit) undo each other.
 */
export class Routing extends Construct {
  readonly tableIds: NetworkRef["route_table_ids"];

  constructor(scope: Construct, id: string, props: RoutingProps) {
    super(scope, id);
    const { subnetIds, internetGatewayId, natGatewayIds } = props;

    const publicTable = this.table("public", props);
    this.associate("public", publicTable, subnetIds.public);
    new Route(this, "public-internet", {
      routeTableId: publicTable,
      destinationCidrBlock: ANYWHERE,
      gatewayId: internetGatewayId,
    });

    const privateTables = Object.entries(subnetIds.private).map(([zone, subnetId]) => {
      const table = this.table(`private-${zone}`, props);
      this.associate("private", table, { [zone]: subnetId });
      const natGatewayId = natGatewayIds[zone];
      if (natGatewayId !== undefined) {
        new Route(this, `private-${zone}-nat`, { routeTableId: table, destinationCidrBlock: ANYWHERE, natGatewayId });
      }
      return table;
    });

    const intraTable = this.table("intra", props);
    this.associate("intra", intraTable, subnetIds.intra);

    this.tableIds = { public: [publicTable], private: privateTables, intra: [intraTable] };
  }

  private table(name: string, { slug, vpcId }: RoutingProps): string {
    return new RouteTable(this, name, { vpcId, tags: { Name: `${slug}-${name}` } }).id;
  }

  private associate(tier: string, routeTableId: string, subnetIds: Readonly<Record<string, string>>): void {
    for (const [zone, subnetId] of Object.entries(subnetIds)) {
      new RouteTableAssociation(this, `${tier}-${zone}-association`, { routeTableId, subnetId });
    }
  }
}
