import type { Overlays } from "./entry";

const EC2 = "internal/service/ec2/";
const RESOLVER = "internal/service/route53resolver/";
const ASN = /^[1-9]\d{0,9}$/;

/** Overlays of peerings, transit gateways, endpoints and private DNS. */
export const CONNECTIONS: Overlays = {
  aws_vpc_block_public_access_exclusion: {
    source: `${EC2}vpc_block_public_access_exclusion.go`,
    forceNew: ["vpc_id", "subnet_id"],
    rules: [{ path: "internet_gateway_exclusion_mode", oneOf: ["allow-bidirectional", "allow-egress"] }],
    conflicts: [["vpc_id", "subnet_id"]],
  },
  aws_ec2_transit_gateway_vpc_attachment: {
    source: `${EC2}transitgateway_vpc_attachment.go`,
    rules: [
      { path: "appliance_mode_support", oneOf: ["enable", "disable"] },
      { path: "dns_support", oneOf: ["enable", "disable"] },
      { path: "ipv6_support", oneOf: ["enable", "disable"] },
    ],
  },
  aws_customer_gateway: {
    source: `${EC2}vpnsite_customer_gateway.go`,
    rules: [
      { path: "bgp_asn", pattern: ASN },
      { path: "type", oneOf: ["ipsec.1"] },
    ],
    conflicts: [["bgp_asn", "bgp_asn_extended"]],
  },
  aws_vpn_gateway: {
    source: `${EC2}vpnsite_gateway.go`,
    rules: [{ path: "amazon_side_asn", pattern: ASN }],
  },
  aws_vpn_connection: {
    source: `${EC2}vpnsite_connection.go`,
    rules: [
      { path: "preshared_key_storage", oneOf: ["Standard", "SecretsManager"] },
      { path: "type", oneOf: ["ipsec.1"] },
    ],
    conflicts: [["transit_gateway_id", "vpn_gateway_id"]],
  },
  aws_vpn_connection_route: {
    source: `${EC2}vpnsite_connection_route.go`,
    rules: [{ path: "destination_cidr_block", cidr: [0, 32] }],
  },
  aws_ec2_client_vpn_authorization_rule: {
    source: `${EC2}vpnclient_authorization_rule.go`,
    rules: [{ path: "target_network_cidr", cidr: [0, 32] }],
    conflicts: [["access_group_id", "authorize_all_groups"]],
  },
  aws_route53_resolver_endpoint: {
    source: `${RESOLVER}endpoint.go`,
    items: { ip_address: { min: 2, max: 10 } },
    rules: [{ path: "direction", oneOf: ["INBOUND", "OUTBOUND", "INBOUND_DELEGATION"] }],
  },
  aws_route53_resolver_rule: {
    source: `${RESOLVER}rule.go`,
    rules: [
      { path: "name", max: 64 },
      { path: "rule_type", oneOf: ["FORWARD", "SYSTEM", "RECURSIVE", "DELEGATE"] },
    ],
  },
  aws_route53_resolver_rule_association: {
    source: `${RESOLVER}rule_association.go`,
    rules: [{ path: "name", max: 64 }],
  },
};
