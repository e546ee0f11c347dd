import { Ec2TransitGatewayRouteTableAssociation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association";
import { Ec2TransitGatewayRouteTablePropagation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-propagation";
import { Ec2TransitGatewayVpcAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment";
import { Construct } from "constructs";
import type { Networking } from "../../../fleet/model/cluster";
import type { ConnectionProps } from "./connection-props";
import { addRoutes, tablesOf } from "./routes";

type Attachment = Networking["transit_gateway_attachments"][number];

/** The VPC on a transit gateway, by an interface in each zone's intra subnet, and the routes to it. */
export class TransitGatewayAttachment extends Construct {
  /** For what is routed by the gateway too. */
  readonly attached: Ec2TransitGatewayVpcAttachment;

  constructor(
    scope: Construct,
    id: string,
    { attachment, owner, network }: ConnectionProps & { readonly attachment: Attachment },
  ) {
    super(scope, id);
    const { association_route_table_id, propagation_route_table_ids, transit_gateway_id } = attachment;
    const attached = new Ec2TransitGatewayVpcAttachment(this, "Resource", {
      transitGatewayId: transit_gateway_id,
      vpcId: network.vpc_id,
      subnetIds: network.zones.flatMap((zone) => network.subnet_ids.intra[zone] ?? []),
      ...onOff("applianceModeSupport", attachment.appliance_mode_support),
      ...onOff("dnsSupport", attachment.dns_support),
      ...onOff("ipv6Support", attachment.destination_ipv6_cidrs === undefined ? undefined : true),
      // Only if tables are named: for a gateway of another account, its owner decides them.
      ...(association_route_table_id !== undefined && { transitGatewayDefaultRouteTableAssociation: false }),
      ...(propagation_route_table_ids !== undefined && { transitGatewayDefaultRouteTablePropagation: false }),
      tags: { Name: `${owner.slug}-${attachment.name}` },
    });
    this.attached = attached;
    const transitGatewayAttachmentId = attached.id;
    if (association_route_table_id !== undefined) {
      new Ec2TransitGatewayRouteTableAssociation(this, "association", {
        transitGatewayAttachmentId,
        transitGatewayRouteTableId: association_route_table_id,
      });
    }
    for (const transitGatewayRouteTableId of propagation_route_table_ids ?? []) {
      new Ec2TransitGatewayRouteTablePropagation(this, `propagation-${transitGatewayRouteTableId}`, {
        transitGatewayAttachmentId,
        transitGatewayRouteTableId,
      });
    }
    addRoutes(
      this,
      {
        cidrs: attachment.destination_cidrs,
        ipv6Cidrs: attachment.destination_ipv6_cidrs ?? [],
        prefixLists: attachment.destination_prefix_list_ids ?? [],
      },
      tablesOf(this, network, attachment.tiers),
      { transitGatewayId: transit_gateway_id, dependsOn: [attached] }, // AWS refuses a route to a gateway without an attachment
    );
  }
}

function onOff<Key extends string>(key: Key, on: boolean | undefined): Partial<Record<Key, "enable" | "disable">> {
  return on === undefined ? {} : ({ [key]: on ? "enable" : "disable" } as Record<Key, "enable" | "disable">);
}
