import { z } from "zod";
import { accountId, hostedZoneId, resourceId } from "../../../language/words/aws-ids";
import { domainName, itemName } from "../../../language/words/names";
import { ipv4Address, ipv4Block, ipv6Block } from "../../../language/words/network";
import { ROUTED_TIERS, TIERS } from "../../network/subnet-tiers";

const name = itemName(31).describe(
  "Name of the connection, unique in its list. It is part of state addresses, so renaming it replaces the connection.",
);

/** The numbers that CreateVpnGateway takes for its side. */
const isAmazonSideAsn = (asn: number): boolean =>
  (asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294);

const tiers = z
  .array(z.enum(ROUTED_TIERS))
  .min(1)
  .describe("Tiers of this cluster's subnets whose route tables get the routes; pods go the way of private.");

const destinationCidrs = z.array(ipv4Block());

const destinationIpv6Cidrs = z.array(ipv6Block).min(1).optional();

const vpcPeeringConnection = z.strictObject({
  name,
  cluster: domainName
    .optional()
    .describe(
      "CLUSTER_NAME of a cluster of these definitions, in any account or region. Its own file says nothing of it: this cluster's network makes and accepts the connection, and the routes on both sides, so deploy the other's network first.",
    ),
  peer_vpc_id: resourceId("vpc", "a VPC").optional().describe("A VPC that is no cluster's, instead of cluster."),
  peer_owner_id: accountId
    .optional()
    .describe(
      "Account of peer_vpc_id; absent for this cluster's own. Another one has to accept the connection itself.",
    ),
  peer_region: z.string().optional().describe("Region of peer_vpc_id; absent for this cluster's own."),
  destination_cidrs: destinationCidrs
    .min(1)
    .optional()
    .describe("Ranges of peer_vpc_id that are routed to it; those of a cluster are known."),
  destination_ipv6_cidrs: destinationIpv6Cidrs.describe(
    "IPv6 ranges of peer_vpc_id that are routed to it; those of a cluster are known. Absent for none.",
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
      "Public names of the other side's instances resolve to their private addresses. With a VPC that has to accept the connection, false until it has.",
    ),
});

const transitGatewayAttachment = z.strictObject({
  name,
  transit_gateway_id: resourceId("tgw", "a transit gateway").describe(
    "The transit gateway: of this account, or shared with it by AWS RAM. It must exist, and accept attachments by itself or by its owner's hand.",
  ),
  destination_cidrs: destinationCidrs.describe("Ranges that are routed to it; 0.0.0.0/0 for a way out by it."),
  destination_ipv6_cidrs: destinationIpv6Cidrs.describe(
    "IPv6 ranges that are routed to it, where ip_family has IPv6; absent for none.",
  ),
  destination_prefix_list_ids: z
    .array(resourceId("pl", "a prefix list"))
    .optional()
    .describe("Managed prefix lists that are routed to it; no check knows their ranges. Absent for none."),
  tiers,
  appliance_mode_support: z
    .boolean()
    .optional()
    .describe(
      "Keeps both ways of a flow in one zone, for a firewall behind it; absent leaves it to AWS, which does not.",
    ),
  dns_support: z
    .boolean()
    .optional()
    .describe(
      "Resolves public names of instances behind it to private addresses; absent leaves it to AWS, which does.",
    ),
  association_route_table_id: resourceId("tgw-rtb", "a transit gateway's route table")
    .optional()
    .describe(
      "Its route table that this VPC's traffic is looked up in, of a gateway of this account; absent for the gateway's default.",
    ),
  propagation_route_table_ids: z
    .array(resourceId("tgw-rtb", "a transit gateway's route table"))
    .optional()
    .describe(
      "Its route tables that learn the way to this VPC, of a gateway of this account; absent for the gateway's default.",
    ),
});

const privateZone = z.strictObject({
  name,
  domain: domainName.describe("Domain of the zone. Another one replaces the zone and its records."),
});

const privateZoneAssociation = z.strictObject({
  name,
  zone_id: hostedZoneId.describe(
    "A private zone that exists. One of another account must have been authorized there for this VPC.",
  ),
});

const resolverRule = z.strictObject({
  name,
  domain_name: domainName.describe("Domain that is forwarded, with all below it."),
  target_ips: z.array(ipv4Address).min(1).max(6).describe("DNS servers that answer for it, on port 53; at most 6."),
  resolver_endpoint_id: resourceId("rslvr-out", "an outbound resolver endpoint")
    .optional()
    .describe(
      "An outbound endpoint of the account that the queries leave by; absent makes one for this cluster, for all its rules, with an interface in each of two zones, which AWS charges by the hour.",
    ),
});

const resolverRuleAssociation = z.strictObject({
  name,
  resolver_rule_id: resourceId("rslvr-rr", "a resolver rule").describe(
    "A rule that exists: of this account, or shared with it by AWS RAM.",
  ),
});

const vpnConnection = z.strictObject({
  name,
  customer_gateway_id: resourceId("cgw", "a customer gateway")
    .optional()
    .describe("A customer gateway that exists, instead of customer_gateway."),
  customer_gateway: z
    .strictObject({
      ip_address: ipv4Address.describe("Public address of the device on the other side."),
      bgp_asn: z.int().min(1).max(4294967295).describe("Its autonomous system number; 65000 where it has none."),
    })
    .optional()
    .describe("A customer gateway that is made. Changing it replaces it and the connection."),
  transit_gateway: itemName(31)
    .optional()
    .describe(
      "Name of an item of transit_gateway_attachments, of a gateway of this account, that it ends at; absent for the virtual private gateway.",
    ),
  transit_gateway_route_table_id: resourceId("tgw-rtb", "a transit gateway's route table")
    .optional()
    .describe(
      "Route table of that transit gateway that routes destination_cidrs to it; needed by static routing there.",
    ),
  routing: z
    .enum(["static", "bgp"])
    .describe("static: destination_cidrs are routed. bgp: what the other side announces is."),
  destination_cidrs: destinationCidrs
    .min(1)
    .describe("Ranges on the other side; with bgp, those that it will announce, for the checks only."),
  tiers,
});

const clientVpnAssociation = z.strictObject({
  name,
  client_vpn_endpoint_id: resourceId("cvpn-endpoint", "a Client VPN endpoint").describe(
    "A Client VPN endpoint that exists. People come out of it with an address of the subnet, so the private API lets them in.",
  ),
  tier: z.enum(TIERS).describe("Tier of the subnets that it is associated with."),
  availability_zones: z
    .array(z.string())
    .min(1)
    .describe("Zones of those subnets; AWS charges each by the hour. Two survive the loss of one."),
  access_group_ids: z
    .array(z.string().regex(/^[\w.:{}=,@ -]{1,128}$/, "must be the id of a group of the identity provider"))
    .min(1)
    .optional()
    .describe("Groups of the identity provider that may reach the VPC; absent lets in everybody who may log in."),
});

/** What the VPC is connected to: one list a kind, each item under a name of its own. */
export const connections = {
  vpc_peering_connections: z.array(vpcPeeringConnection).describe("VPC peering, with a cluster or with another VPC."),
  transit_gateway_attachments: z.array(transitGatewayAttachment).describe("Attachments to transit gateways."),
  private_zones: z.array(privateZone).describe("Route 53 private zones that are made here, for this VPC."),
  private_zone_associations: z.array(privateZoneAssociation).describe("Private zones that this VPC may ask too."),
  resolver_rules: z.array(resolverRule).describe("Domains whose names other DNS servers answer."),
  resolver_rule_associations: z.array(resolverRuleAssociation).describe("Resolver rules that hold for this VPC too."),
  vpn_gateway: z
    .strictObject({
      id: resourceId("vgw", "a virtual private gateway")
        .nullable()
        .describe(
          "A virtual private gateway that is attached here; null makes one where vpn_connections or propagation_tiers need it.",
        ),
      propagation_tiers: z
        .array(z.enum(ROUTED_TIERS))
        .describe(
          "Tiers whose route tables learn what is announced to the gateway besides the VPN connections, such as by Direct Connect; where any is named, there is a gateway.",
        ),
      amazon_side_asn: z
        .int()
        .refine(isAmazonSideAsn, "must be a private number: 64512 to 65534, or 4200000000 to 4294967294")
        .nullable()
        .describe("Autonomous system number of the one that is made; null gives AWS's 64512. Fixed once it is made."),
    })
    .describe("Where site-to-site VPN connections end."),
  vpn_connections: z
    .array(vpnConnection)
    .describe(
      "Site-to-site VPN connections. AWS makes the keys of the tunnels and keeps them in Secrets Manager: none is in a file or in the state.",
    ),
  client_vpn_associations: z.array(clientVpnAssociation).describe("Client VPN endpoints that lead into this VPC."),
};
