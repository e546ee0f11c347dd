import { CustomerGateway } from "@cdktf/provider-aws/lib/customer-gateway";
import { Ec2TransitGatewayRoute } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route";
import { VpnConnection } from "@cdktf/provider-aws/lib/vpn-connection";
import { VpnConnectionRoute } from "@cdktf/provider-aws/lib/vpn-connection-route";
import { VpnGateway } from "@cdktf/provider-aws/lib/vpn-gateway";
import { VpnGatewayAttachment } from "@cdktf/provider-aws/lib/vpn-gateway-attachment";
import { VpnGatewayRoutePropagation } from "@cdktf/provider-aws/lib/vpn-gateway-route-propagation";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Networking } from "../../../fleet/model/cluster";
import { CompositionError } from "../../composition-error";
import type { ConnectionProps } from "./connection-props";
import { addRoutes, tablesOf } from "./routes";

type Vpn = Networking["vpn_connections"][number];

interface Gateway {
  readonly id: string;
  /** Once it is on the VPC. */
  readonly attached: ITerraformDependable;
}

export interface VpnConnectionsProps extends ConnectionProps {
  readonly settings: Pick<Networking, "vpn_connections" | "vpn_gateway">;
  /** Transit gateways that the VPC is attached to, by the attachments' names. */
  readonly transitGateways: Readonly<Record<string, Gateway>>;
}

/**
 * Site-to-site VPN: the connections, the virtual private gateway of those that end at none else, and the ways to the other sides.
 * A gateway that Direct Connect ends at announces its ways too.
 */
export class VpnConnections extends Construct {
  constructor(scope: Construct, id: string, props: VpnConnectionsProps) {
    super(scope, id);
    const { network, settings, transitGateways } = props;
    const { vpn_connections, vpn_gateway } = settings;
    for (const vpn of vpn_connections) {
      if (vpn.transit_gateway === undefined) continue;
      const { attached, id: transitGatewayId } = transitGateways[vpn.transit_gateway] ?? {};
      if (attached === undefined || transitGatewayId === undefined)
        throw new CompositionError(this, `no transit gateway ${vpn.transit_gateway} is attached`);
      new SiteToSite(this, `to-${vpn.name}`, { ...props, vpn, end: { transitGatewayId }, after: attached });
    }
    const ending = vpn_connections.filter(({ transit_gateway }) => transit_gateway === undefined);
    if (ending.length === 0 && vpn_gateway.id === null && vpn_gateway.propagation_tiers.length === 0) return;

    const gateway = this.gateway(props);
    for (const vpn of ending) {
      const end = { vpnGatewayId: gateway.id };
      new SiteToSite(this, `to-${vpn.name}`, { ...props, vpn, end, after: gateway.attached });
    }
    // Announced routes reach a table whichever connection they come by: each table has one propagation.
    const announced = ending.filter(({ routing }) => routing === "bgp").flatMap((vpn) => vpn.tiers);
    const tiers = new Set([...announced, ...vpn_gateway.propagation_tiers]);
    for (const { id: routeTableId, key } of tablesOf(this, network, [...tiers])) {
      new VpnGatewayRoutePropagation(this, `propagation-${key}`, {
        routeTableId,
        vpnGatewayId: gateway.id,
        dependsOn: [gateway.attached],
      });
    }
  }

  private gateway({ network, owner, settings }: VpnConnectionsProps): Gateway {
    const { id, amazon_side_asn } = settings.vpn_gateway;
    if (id !== null) {
      const attached = new VpnGatewayAttachment(this, "attachment", { vpnGatewayId: id, vpcId: network.vpc_id });
      return { id, attached };
    }
    const made = new VpnGateway(this, "gateway", {
      vpcId: network.vpc_id,
      ...(amazon_side_asn !== null && { amazonSideAsn: String(amazon_side_asn) }),
      tags: { Name: owner.slug },
    });
    return { id: made.id, attached: made };
  }
}

interface SiteToSiteProps extends ConnectionProps {
  readonly vpn: Vpn;
  /** The gateway here. */
  readonly end: { readonly vpnGatewayId: string } | { readonly transitGatewayId: string };
  /** Resource that attaches that gateway to the VPC. */
  readonly after: ITerraformDependable;
}

/** One connection, and the routes to its other side that are not announced to the tables. */
class SiteToSite extends Construct {
  constructor(scope: Construct, id: string, props: SiteToSiteProps) {
    super(scope, id);
    const { after, end, network, owner, vpn } = props;
    const tags = { Name: `${owner.slug}-${vpn.name}` };
    const connection = new VpnConnection(this, "Resource", {
      ...end,
      customerGatewayId: this.customerGatewayId(vpn, tags),
      type: "ipsec.1",
      staticRoutesOnly: vpn.routing === "static",
      // AWS's other storage hands the keys out with the connection, and Terraform would keep them in the state.
      presharedKeyStorage: "SecretsManager",
      tags,
    });
    if (vpn.routing === "static") this.routeAtGateway(vpn, connection);
    const tables = () => tablesOf(this, network, vpn.tiers);
    const to = { cidrs: vpn.destination_cidrs };
    if ("transitGatewayId" in end) {
      addRoutes(this, to, tables(), { ...end, dependsOn: [after] }); // a transit gateway propagates no routes to a VPC's tables
    } else if (vpn.routing === "static") {
      addRoutes(this, to, tables(), { gatewayId: end.vpnGatewayId, dependsOn: [after] });
    }
  }

  private routeAtGateway(vpn: Vpn, connection: VpnConnection): void {
    for (const destinationCidrBlock of vpn.destination_cidrs) {
      const id = `gateway-to-${destinationCidrBlock.replaceAll(/[./]/g, "-")}`;
      if (vpn.transit_gateway === undefined) {
        new VpnConnectionRoute(this, id, { vpnConnectionId: connection.id, destinationCidrBlock });
        continue;
      }
      const table = vpn.transit_gateway_route_table_id;
      if (table === undefined) throw new CompositionError(this, `VPN ${vpn.name} has no table at its transit gateway`);
      new Ec2TransitGatewayRoute(this, id, {
        transitGatewayRouteTableId: table,
        transitGatewayAttachmentId: connection.transitGatewayAttachmentId,
        destinationCidrBlock,
      });
    }
  }

  private customerGatewayId(
    { customer_gateway, customer_gateway_id, name }: Vpn,
    tags: Record<string, string>,
  ): string {
    if (customer_gateway_id !== undefined) return customer_gateway_id;
    if (customer_gateway === undefined) throw new CompositionError(this, `VPN ${name} has no customer gateway`);
    return new CustomerGateway(this, "customer-gateway", {
      type: "ipsec.1",
      ipAddress: customer_gateway.ip_address,
      ...asn(customer_gateway.bgp_asn),
      tags,
      lifecycle: { createBeforeDestroy: true }, // the connection moves to the new one before the old one goes
    }).id;
  }
}

/** AWS has two fields for one number: those of 32 bits, above the largest signed one, go into the other. */
function asn(bgpAsn: number) {
  return bgpAsn <= 2147483647 ? { bgpAsn: String(bgpAsn) } : { bgpAsnExtended: String(bgpAsn) };
}
