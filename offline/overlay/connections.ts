import type { Overlays } from "./entry";

const EC2 = "internal/service/ec2/";
const RESOLVER = "internal/service/route53resolver/";
const ASN = /^[1-9]\d{0,9}$/;

/** Overlays of peerings, transit gateways, endpoints and private DNS. */
export const CONNECTIONS: Overlays = {
  aws_vpc_dhcp_options: {
    source: `${EC2}vpc_dhcp_options.go`,
    forceNew: [
      "domain_name",
      "domain_name_servers",
      "ipv6_address_preferred_lease_time",
      "netbios_name_servers",
      "netbios_node_type",
      "ntp_servers",
    ],
  },
  aws_vpc_dhcp_options_association: { source: `${EC2}vpc_dhcp_options_association.go`, forceNew: ["vpc_id"] },
  aws_vpc_block_public_access_exclusion: {
    source: `${EC2}vpc_block_public_access_exclusion.go`,
    forceNew: ["vpc_id", "subnet_id"],
    rules: [{ path: "internet_gateway_exclusion_mode", oneOf: ["allow-bidirectional", "allow-egress"] }],
    conflicts: [["vpc_id", "subnet_id"]],
  },
  aws_vpc_peering_connection: {
    source: `${EC2}vpc_peering_connection.go`,
    forceNew: ["vpc_id", "peer_vpc_id", "peer_owner_id", "peer_region"],
  },
  aws_vpc_peering_connection_accepter: {
    source: `${EC2}vpc_peering_connection_accepter.go`,
    forceNew: ["vpc_peering_connection_id"],
  },
  aws_vpc_peering_connection_options: {
    source: `${EC2}vpc_peering_connection_options.go`,
    forceNew: ["vpc_peering_connection_id"],
  },
  aws_ec2_transit_gateway_vpc_attachment: {
    source: `${EC2}transitgateway_vpc_attachment.go`,
    forceNew: ["transit_gateway_id", "vpc_id"],
    rules: [
      { path: "appliance_mode_support", oneOf: ["enable", "disable"] },
      { path: "dns_support", oneOf: ["enable", "disable"] },
      { path: "ipv6_support", oneOf: ["enable", "disable"] },
    ],
  },
  aws_ec2_transit_gateway_route: {
    source: `${EC2}transitgateway_route.go`,
    forceNew: [
      "blackhole",
      "destination_cidr_block",
      "transit_gateway_attachment_id",
      "transit_gateway_route_table_id",
    ],
  },
  aws_ec2_transit_gateway_route_table_association: {
    source: `${EC2}transitgateway_route_table_association.go`,
    forceNew: ["transit_gateway_attachment_id", "transit_gateway_route_table_id"],
  },
  aws_ec2_transit_gateway_route_table_propagation: {
    source: `${EC2}transitgateway_route_table_propagation.go`,
    forceNew: ["transit_gateway_attachment_id", "transit_gateway_route_table_id"],
  },
  aws_customer_gateway: {
    source: `${EC2}vpnsite_customer_gateway.go`,
    forceNew: ["bgp_asn", "bgp_asn_extended", "certificate_arn", "device_name", "ip_address", "type"],
    rules: [
      { path: "bgp_asn", pattern: ASN },
      { path: "type", oneOf: ["ipsec.1"] },
    ],
    conflicts: [["bgp_asn", "bgp_asn_extended"]],
  },
  aws_vpn_gateway: {
    source: `${EC2}vpnsite_gateway.go`,
    forceNew: ["amazon_side_asn", "availability_zone"],
    rules: [{ path: "amazon_side_asn", pattern: ASN }],
  },
  aws_vpn_gateway_attachment: { source: `${EC2}vpnsite_gateway_attachment.go`, forceNew: ["vpc_id", "vpn_gateway_id"] },
  aws_vpn_gateway_route_propagation: {
    source: `${EC2}vpnsite_gateway_route_propagation.go`,
    forceNew: ["route_table_id", "vpn_gateway_id"],
  },
  aws_vpn_connection: {
    source: `${EC2}vpnsite_connection.go`,
    forceNew: [
      "enable_acceleration",
      "static_routes_only",
      "tunnel1_inside_cidr",
      "tunnel1_inside_ipv6_cidr",
      "tunnel2_inside_cidr",
      "tunnel2_inside_ipv6_cidr",
      "tunnel_inside_ip_version",
      "type",
    ],
    sensitive: ["customer_gateway_configuration", "tunnel1_preshared_key", "tunnel2_preshared_key"],
    rules: [
      { path: "preshared_key_storage", oneOf: ["Standard", "SecretsManager"] },
      { path: "type", oneOf: ["ipsec.1"] },
    ],
    conflicts: [["transit_gateway_id", "vpn_gateway_id"]],
  },
  aws_vpn_connection_route: {
    source: `${EC2}vpnsite_connection_route.go`,
    forceNew: ["destination_cidr_block", "vpn_connection_id"],
    rules: [{ path: "destination_cidr_block", cidr: [0, 32] }],
  },
  aws_ec2_client_vpn_network_association: {
    source: `${EC2}vpnclient_network_association.go`,
    forceNew: ["client_vpn_endpoint_id", "subnet_id"],
  },
  aws_ec2_client_vpn_authorization_rule: {
    source: `${EC2}vpnclient_authorization_rule.go`,
    forceNew: [
      "access_group_id",
      "authorize_all_groups",
      "client_vpn_endpoint_id",
      "description",
      "target_network_cidr",
    ],
    rules: [{ path: "target_network_cidr", cidr: [0, 32] }],
    conflicts: [["access_group_id", "authorize_all_groups"]],
  },
  aws_route53_zone_association: {
    source: "internal/service/route53/zone_association.go",
    forceNew: ["vpc_id", "vpc_region", "zone_id"],
  },
  aws_route53_resolver_endpoint: {
    source: `${RESOLVER}endpoint.go`,
    forceNew: ["direction", "security_group_ids"],
    items: { ip_address: { min: 2, max: 10 } },
    rules: [{ path: "direction", oneOf: ["INBOUND", "OUTBOUND", "INBOUND_DELEGATION"] }],
  },
  aws_route53_resolver_rule: {
    source: `${RESOLVER}rule.go`,
    forceNew: ["domain_name", "rule_type"],
    rules: [
      { path: "name", max: 64 },
      { path: "rule_type", oneOf: ["FORWARD", "SYSTEM", "RECURSIVE", "DELEGATE"] },
    ],
  },
  aws_route53_resolver_rule_association: {
    source: `${RESOLVER}rule_association.go`,
    forceNew: ["name", "resolver_rule_id", "vpc_id"],
    rules: [{ path: "name", max: 64 }],
  },
};
