import { CustomerGateway } from "@cdktf/provider-aws/lib/customer-gateway";
import { VpnConnection } from "@cdktf/provider-aws/lib/vpn-connection";
import { VpnConnectionRoute } from "@cdktf/provider-aws/lib/vpn-connection-route";
import { VpnGateway } from "@cdktf/provider-aws/lib/vpn-gateway";
import { VpnGatewayAttachment } from "@cdktf/provider-aws/lib/vpn-gateway-attachment";
import { VpnGatewayRoutePropagation } from "@cdktf/provider-aws/lib/vpn-gateway-route-propagation";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Networking } from "../../../fleet/cluster";
import { CompositionError } from "../../composition-error";
import type { ConnectionProps } from "./connection-props";
import { addRoutes, tablesOf } from "./routes";

type Vpn = Networking["vpn_connections"][number];

interface Gateway {
  readonly id: string;
  /** Once it is on the VPC. */
  readonly attached: ITerraformDependable;
}

/** Site-to-site VPN: one virtual private gateway, the connections that end at it, and the ways to the other sides. */
export class VpnConnections extends Construct {
  constructor(scope: Construct, id: string, props: ConnectionProps) {
    super(scope, id);
    const { cluster, network } = props;
    const { vpn_connections, vpn_gateway } = cluster.tfvars.networking;
    if (vpn_connections.length === 0 && vpn_gateway.id === null) return;

    const gateway = this.gateway(props);
    for (const vpn of vpn_connections) new SiteToSite(this, `to-${vpn.name}`, { ...props, vpn, gateway });
    // What is announced reaches tables, whichever connection it comes by: a table is told once.
    const tiers = new Set(vpn_connections.filter(({ routing }) => routing === "bgp").flatMap((vpn) => vpn.tiers));
    for (const { id: routeTableId, key } of tablesOf(this, network, [...tiers])) {
      new VpnGatewayRoutePropagation(this, `propagation-${key}`, {
        routeTableId,
        vpnGatewayId: gateway.id,
        dependsOn: [gateway.attached],
      });
    }
  }

  private gateway({ cluster, network }: ConnectionProps): Gateway {
    const { id, amazon_side_asn } = cluster.tfvars.networking.vpn_gateway;
    if (id !== null) {
      const attached = new VpnGatewayAttachment(this, "attachment", { vpnGatewayId: id, vpcId: network.vpc_id });
      return { id, attached };
    }
    const made = new VpnGateway(this, "gateway", {
      vpcId: network.vpc_id,
      ...(amazon_side_asn === null ? {} : { amazonSideAsn: String(amazon_side_asn) }),
      tags: { Name: cluster.slug },
    });
    return { id: made.id, attached: made };
  }
}

/** One connection, and with static routing the routes to its other side. */
class SiteToSite extends Construct {
  constructor(scope: Construct, id: string, props: ConnectionProps & { readonly vpn: Vpn; readonly gateway: Gateway }) {
    super(scope, id);
    const { cluster, gateway, network, vpn } = props;
    const tags = { Name: `${cluster.slug}-${vpn.name}` };
    const isStatic = vpn.routing === "static";
    const { id: vpnConnectionId } = new VpnConnection(this, "Resource", {
      vpnGatewayId: gateway.id,
      customerGatewayId: this.customerGatewayId(vpn, tags),
      type: "ipsec.1",
      staticRoutesOnly: isStatic,
      // AWS's other storage hands the keys out with the connection, and Terraform would keep them in the state.
      presharedKeyStorage: "SecretsManager",
      tags,
    });
    if (!isStatic) return;
    for (const destinationCidrBlock of vpn.destination_cidrs) {
      const to = `gateway-to-${destinationCidrBlock.replaceAll(/[./]/g, "-")}`;
      new VpnConnectionRoute(this, to, { vpnConnectionId, destinationCidrBlock });
    }
    addRoutes(this, { cidrs: vpn.destination_cidrs, prefixLists: [] }, tablesOf(this, network, vpn.tiers), {
      gatewayId: gateway.id,
      dependsOn: [gateway.attached],
    });
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
