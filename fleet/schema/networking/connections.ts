import { z } from "zod";
import { accountId, hostedZoneId, resourceId } from "../../../language/words/aws-ids";
import { clusterName, domainName, itemName } from "../../../language/words/names";
import { ipv4Address, ipv4Block, ipv6Block } from "../../../language/words/network";
import { ROUTED_TIERS, TIERS } from "../../../language/words/subnet-tiers";

const name = itemName(31).describe(
  "Name of the connection, unique in its list. It is part of state addresses, so renaming it replaces the connection.",
);

/** The private numbers that CreateVpnGateway accepts for its side. */
const isAmazonSideAsn = (asn: number): boolean =>
  (asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294);

const tiers = z
  .array(z.enum(ROUTED_TIERS))
  .min(1)
  .describe("Tiers of this cluster's subnets whose route tables get the routes. Pods use the routes of private.");

const destinationCidrs = z.array(ipv4Block());

const destinationIpv6Cidrs = z.array(ipv6Block).min(1).optional();

const vpcPeeringConnection = z.strictObject({
  name,
  cluster: clusterName
    .optional()
    .describe(
      "CLUSTER_NAME of another cluster of these definitions, in any account or region. Only this cluster's file contains the connection: its network creates and accepts it, with the routes on both sides. Deploy the other cluster's network first.",
    ),
  peer_vpc_id: resourceId("vpc", "a VPC").optional().describe("A VPC outside these definitions, instead of cluster."),
  peer_owner_id: accountId
    .optional()
    .describe(
      "Account of peer_vpc_id. Default: this cluster's account. Another account must accept the connection itself.",
    ),
  peer_region: z.string().optional().describe("Region of peer_vpc_id. Default: this cluster's region."),
  destination_cidrs: destinationCidrs
    .min(1)
    .optional()
    .describe("Ranges of peer_vpc_id that are routed to it. The ranges of a cluster are added automatically."),
  destination_ipv6_cidrs: destinationIpv6Cidrs.describe(
    "IPv6 ranges of peer_vpc_id that are routed to it. The ranges of a cluster are added automatically. Optional.",
  ),
  tiers,
  peer_tiers: z
    .array(z.enum(ROUTED_TIERS))
    .min(1)
    .optional()
    .describe("Tiers of the other cluster's subnets whose route tables get the routes back."),
  allow_remote_vpc_dns_resolution: z
    .boolean()
    .describe(
      "Resolves public names of the other side's instances to their private addresses. Leave it false until the other VPC has accepted the connection.",
    ),
});

const transitGatewayAttachment = z.strictObject({
  name,
  transit_gateway_id: resourceId("tgw", "a transit gateway").describe(
    "The transit gateway, of this account or shared with it by AWS RAM. It must exist. Attachments must be accepted automatically, or by its owner.",
  ),
  destination_cidrs: destinationCidrs.describe(
    "Ranges that are routed to the transit gateway; 0.0.0.0/0 to reach the internet through it.",
  ),
  destination_ipv6_cidrs: destinationIpv6Cidrs.describe(
    "IPv6 ranges that are routed to the transit gateway, if ip_family has IPv6. Optional.",
  ),
  destination_prefix_list_ids: z
    .array(resourceId("pl", "a prefix list"))
    .optional()
    .describe("Managed prefix lists that are routed to the transit gateway. Their ranges are not checked. Optional."),
  tiers,
  appliance_mode_support: z
    .boolean()
    .optional()
    .describe(
      "Keeps both directions of a flow in one zone, for a firewall behind the gateway. Default: the setting of AWS, which is off.",
    ),
  dns_support: z
    .boolean()
    .optional()
    .describe(
      "Resolves public names of instances behind the gateway to private addresses. Default: the setting of AWS, which is on.",
    ),
  association_route_table_id: resourceId("tgw-rtb", "a transit gateway's route table")
    .optional()
    .describe(
      "Route table of the gateway that routes this VPC's traffic, for a gateway of this account. Default: the gateway's default table.",
    ),
  propagation_route_table_ids: z
    .array(resourceId("tgw-rtb", "a transit gateway's route table"))
    .optional()
    .describe(
      "Route tables of the gateway that learn the route to this VPC, for a gateway of this account. Default: the gateway's default table.",
    ),
});

const privateZone = z.strictObject({
  name,
  domain: domainName.describe("Domain of the zone. Changing it replaces the zone and its records."),
});

const privateZoneAssociation = z.strictObject({
  name,
  zone_id: hostedZoneId.describe(
    "An existing private zone. A zone of another account must be authorized there for this VPC.",
  ),
});

const resolverRule = z.strictObject({
  name,
  domain_name: domainName.describe("Domain that is forwarded, with its subdomains."),
  target_ips: z.array(ipv4Address).min(1).max(6).describe("DNS servers of the domain, on port 53; at most 6."),
  resolver_endpoint_id: resourceId("rslvr-out", "an outbound resolver endpoint")
    .optional()
    .describe(
      "An outbound endpoint of the account that forwards the queries. By default, one endpoint is created for all rules of the cluster, with an interface in each of 2 zones, which AWS charges by the hour.",
    ),
});

const resolverRuleAssociation = z.strictObject({
  name,
  resolver_rule_id: resourceId("rslvr-rr", "a resolver rule").describe(
    "An existing rule, of this account or shared with it by AWS RAM.",
  ),
});

const vpnConnection = z.strictObject({
  name,
  customer_gateway_id: resourceId("cgw", "a customer gateway")
    .optional()
    .describe("An existing customer gateway, instead of customer_gateway."),
  customer_gateway: z
    .strictObject({
      ip_address: ipv4Address.describe("Public address of the device on the other side."),
      bgp_asn: z.int().min(1).max(4294967295).describe("Autonomous system number of the device; 65000 if it has none."),
    })
    .optional()
    .describe("A customer gateway to create. Changing it replaces the customer gateway and the connection."),
  transit_gateway: itemName(31)
    .optional()
    .describe(
      "Name of an item of transit_gateway_attachments at which the connection ends, for a gateway of this account. Default: the virtual private gateway.",
    ),
  transit_gateway_route_table_id: resourceId("tgw-rtb", "a transit gateway's route table")
    .optional()
    .describe(
      "Route table of that transit gateway that routes destination_cidrs to the connection. Static routing through a transit gateway requires it.",
    ),
  routing: z
    .enum(["static", "bgp"])
    .describe("static: routes destination_cidrs. bgp: routes the ranges that the other side announces."),
  destination_cidrs: destinationCidrs
    .min(1)
    .describe("Ranges on the other side. With bgp, the ranges that it announces, which are used by checks only."),
  tiers,
});

const clientVpnAssociation = z.strictObject({
  name,
  client_vpn_endpoint_id: resourceId("cvpn-endpoint", "a Client VPN endpoint").describe(
    "An existing Client VPN endpoint. Its clients get addresses of the subnet, so they reach the private API.",
  ),
  tier: z.enum(TIERS).describe("Tier of the associated subnets."),
  availability_zones: z
    .array(z.string())
    .min(1)
    .describe("Zones of the associated subnets. AWS charges each by the hour. 2 zones survive the loss of one."),
  access_group_ids: z
    .array(z.string().regex(/^[\w.:{}=,@ -]{1,128}$/, "must be the id of a group of the identity provider"))
    .min(1)
    .optional()
    .describe("Groups of the identity provider that may reach the VPC. Default: everybody who may log in."),
});

/** Connections of the VPC: one list for each kind, each item with its own name. */
export const connections = {
  vpc_peering_connections: z.array(vpcPeeringConnection).describe("VPC peering, with a cluster or with another VPC."),
  transit_gateway_attachments: z.array(transitGatewayAttachment).describe("Attachments to transit gateways."),
  private_zones: z.array(privateZone).describe("Route 53 private zones to create for this VPC."),
  private_zone_associations: z
    .array(privateZoneAssociation)
    .describe("Existing private zones that are associated with this VPC."),
  resolver_rules: z.array(resolverRule).describe("Domains that are resolved by other DNS servers."),
  resolver_rule_associations: z
    .array(resolverRuleAssociation)
    .describe("Existing resolver rules that are associated with this VPC."),
  vpn_gateway: z
    .strictObject({
      id: resourceId("vgw", "a virtual private gateway")
        .nullable()
        .describe(
          "An existing virtual private gateway to attach. null creates one if vpn_connections or propagation_tiers require it.",
        ),
      propagation_tiers: z
        .array(z.enum(ROUTED_TIERS))
        .describe(
          "Tiers whose route tables learn further routes that are announced to the gateway, such as by Direct Connect. A tier in this list requires a gateway.",
        ),
      amazon_side_asn: z
        .int()
        .refine(isAmazonSideAsn, "must be a private number: 64512 to 65534, or 4200000000 to 4294967294")
        .nullable()
        .describe("Autonomous system number of the created gateway; null uses AWS's 64512. Fixed at creation."),
    })
    .describe("The gateway at which site-to-site VPN connections end."),
  vpn_connections: z
    .array(vpnConnection)
    .describe(
      "Site-to-site VPN connections. AWS creates the keys of the tunnels and stores them in Secrets Manager. Neither the files nor the state contain them.",
    ),
  client_vpn_associations: z
    .array(clientVpnAssociation)
    .describe("Client VPN endpoints that are associated with this VPC."),
};
