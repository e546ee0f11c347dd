import type { Overlays } from "./entry";

const SG_RULE = "internal/service/ec2/vpc_security_group_ingress_rule.go";

/** Characters that EC2 accepts in descriptions of security groups and their rules: the API reference of AuthorizeSecurityGroupIngress. */
const SG_DESCRIPTION = /^[\w .:/()#,@[\]+=&;{}!$*-]*$/;
const SG_DESCRIPTION_MESSAGE = "has a character that EC2 refuses: use a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";

/** Overlays of VPCs and of resources in a VPC. */
export const NETWORK: Overlays = {
  aws_vpc: {
    source: "internal/service/ec2/vpc_.go",
    // A VPC can change from dedicated to default tenancy, not from default to dedicated.
    forceNewIf: [{ path: "instance_tenancy", replaces: (_before, [after]) => after !== "default" }],
    rules: [
      { path: "cidr_block", cidr: [16, 28] },
      { path: "instance_tenancy", oneOf: ["default", "dedicated"] },
    ],
    conflicts: [["cidr_block", "ipv4_netmask_length"]],
  },
  aws_vpc_ipv4_cidr_block_association: {
    source: "internal/service/ec2/vpc_ipv4_cidr_block_association.go",
    rules: [{ path: "cidr_block", cidr: [16, 28] }],
  },
  aws_subnet: {
    source: "internal/service/ec2/vpc_subnet.go",
    rules: [{ path: "cidr_block", cidr: [16, 28] }],
    conflicts: [["availability_zone", "availability_zone_id"]],
  },
  aws_ec2_subnet_cidr_reservation: {
    source: "internal/service/ec2/vpc_subnet_cidr_reservation.go",
    rules: [
      { path: "cidr_block", cidr: [16, 28] },
      { path: "reservation_type", oneOf: ["explicit", "prefix"] },
    ],
  },
  aws_db_subnet_group: {
    source: "internal/service/rds/subnet_group.go",
    rules: [{ path: "name", max: 255, pattern: /^[ .0-9a-z_-]+$/ }],
  },
  aws_eip: {
    source: "internal/service/ec2/ec2_eip.go",
    rules: [{ path: "domain", oneOf: ["vpc", "standard"] }],
  },
  aws_nat_gateway: {
    source: "internal/service/ec2/vpc_nat_gateway.go",
    // The provider's code replaces a gateway whose number of addresses changes.
    forceNewIf: [{ path: "secondary_private_ip_address_count", replaces: () => true }],
    rules: [
      { path: "connectivity_type", oneOf: ["public", "private"] },
      { path: "availability_mode", oneOf: ["zonal", "regional"] },
    ],
    // A zonal gateway has a subnet and one main address, a regional one a VPC and addresses by zone.
    conflicts: [
      ["subnet_id", "availability_zone_address"],
      ["allocation_id", "availability_zone_address"],
    ],
  },
  aws_route: {
    source: "internal/service/ec2/vpc_route.go",
    conflicts: [
      ["destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id"],
      [
        "carrier_gateway_id",
        "core_network_arn",
        "egress_only_gateway_id",
        "gateway_id",
        "local_gateway_id",
        "nat_gateway_id",
        "network_interface_id",
        "transit_gateway_id",
        "vpc_endpoint_id",
        "vpc_peering_connection_id",
      ],
    ],
    rules: [{ path: "destination_cidr_block", cidr: [0, 32] }],
  },
  aws_route_table_association: {
    source: "internal/service/ec2/vpc_route_table_association.go",
    conflicts: [["subnet_id", "gateway_id"]],
  },
  aws_vpc_endpoint: {
    source: "internal/service/ec2/vpc_endpoint.go",
    rules: [
      {
        path: "vpc_endpoint_type",
        oneOf: ["Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork"],
      },
      { path: "policy", json: true },
    ],
  },
  aws_flow_log: {
    source: "internal/service/ec2/vpc_flow_log.go",
    rules: [
      { path: "traffic_type", oneOf: ["ACCEPT", "REJECT", "ALL"] },
      { path: "max_aggregation_interval", oneOf: [60, 600] },
    ],
    conflicts: [["eni_id", "subnet_id", "transit_gateway_attachment_id", "transit_gateway_id", "vpc_id"]],
  },
  aws_security_group: {
    source: "internal/service/ec2/vpc_security_group.go",
    rules: [
      { path: "name", max: 255, pattern: /^(?!sg-)/, message: 'cannot begin with "sg-"' },
      { path: "description", max: 255, pattern: SG_DESCRIPTION, message: SG_DESCRIPTION_MESSAGE },
    ],
  },
  aws_vpc_security_group_ingress_rule: {
    source: SG_RULE,
    conflicts: [["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"]],
    rules: [
      { path: "cidr_ipv4", cidr: [0, 32] },
      { path: "description", max: 255, pattern: SG_DESCRIPTION, message: SG_DESCRIPTION_MESSAGE },
    ],
  },
  aws_vpc_security_group_egress_rule: {
    source: SG_RULE,
    conflicts: [["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"]],
    rules: [
      { path: "cidr_ipv4", cidr: [0, 32] },
      { path: "description", max: 255, pattern: SG_DESCRIPTION, message: SG_DESCRIPTION_MESSAGE },
    ],
  },
  aws_security_group_rule: {
    source: "internal/service/ec2/vpc_security_group_rule.go",
    rules: [{ path: "type", oneOf: ["ingress", "egress"] }],
  },
  aws_route53_zone: {
    source: "internal/service/route53/zone.go",
    conflicts: [["delegation_set_id", "vpc"]],
  },
};
