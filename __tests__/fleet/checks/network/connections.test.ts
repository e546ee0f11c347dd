import { testMessages, testReports } from "../../../support/definition";

const gateway = (keys: string): string =>
  `transit_gateway_attachments: [{ name: x, transit_gateway_id: tgw-0123456789abcdef0, ${keys} }]`;

testReports({
  "a connection lists each thing once": {
    networking: gateway("destination_cidrs: [10.1.0.0/16, 10.1.0.0/16], tiers: [private, private]"),
    reports: [
      "9:122 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[1]: lists 10.1.0.0/16 twice. Remove one of them",
      "9:153 tfvars.networking.transit_gateway_attachments[x].tiers[1]: lists private twice. Remove one of them",
    ],
  },
  "a transit gateway is attached once": {
    networking: `transit_gateway_attachments:
  - { name: x, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [10.1.0.0/16], tiers: [private] }
  - { name: y, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [10.2.0.0/16], tiers: [private] }`,
    reports: [
      "11:40 tfvars.networking.transit_gateway_attachments[y].transit_gateway_id: x already attaches tgw-0123456789abcdef0, which accepts one attachment per VPC. Remove one of them",
    ],
  },
  "something is routed to a transit gateway": {
    networking: gateway("destination_cidrs: [], tiers: [private]"),
    reports: [
      "9:108 tfvars.networking.transit_gateway_attachments[x].destination_cidrs: nothing is routed to the transit gateway. Set destination_cidrs or destination_prefix_list_ids",
    ],
  },
  "IPv6 ranges alone can be routed to a transit gateway": {
    networking: `ip_family: dual_stack\n${gateway('destination_cidrs: [], destination_ipv6_cidrs: ["2001:db8::/32"], tiers: [private]')}`,
    reports: [],
  },
  "ids, ranges and tiers have the form that AWS uses": {
    networking:
      "transit_gateway_attachments: [{ name: x, transit_gateway_id: my-tgw, destination_cidrs: [10.9.0.1/16], tiers: [privat] }]",
    reports: [
      '9:66 tfvars.networking.transit_gateway_attachments[x].transit_gateway_id: must be the id of a transit gateway, such as tgw-0123456789abcdef0, got "my-tgw"',
      '9:94 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[0]: must start at the first address of its block, 10.9.0.0/16, got "10.9.0.1/16"',
      '9:116 tfvars.networking.transit_gateway_attachments[x].tiers[0]: must be one of private, public, intra, database, got "privat"',
    ],
  },
  "a connection is routed by tiers that exist, whatever else is wrong": {
    networking: gateway("destination_cidrs: [10.9.0.1/16], tiers: [private, database]"),
    reports: [
      '9:109 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[0]: must start at the first address of its block, 10.9.0.0/16, got "10.9.0.1/16"',
      "9:140 tfvars.networking.transit_gateway_attachments[x].tiers[1]: the network has no database subnets. Remove database or add it to subnet_tiers",
    ],
  },
  "propagation_tiers lists tiers that exist, each once": {
    networking: "vpn_gateway: { propagation_tiers: [private, private, database], amazon_side_asn: 64600 }",
    reports: [
      "9:49 tfvars.networking.vpn_gateway.propagation_tiers[1]: lists private twice. Remove one of them",
      "9:58 tfvars.networking.vpn_gateway.propagation_tiers[2]: the network has no database subnets. Remove database or add it to subnet_tiers",
    ],
  },
});

const VPC = `availability_zones: [us-east-1a, us-east-1b]
existing_vpc:
  vpc_id: vpc-0a1b2c3d4e5f60718
  subnet_tags: { private: { Network: data } }`;
const attached = gateway("destination_cidrs: [10.60.0.0/16], tiers: [private]");
const association = (tier: string): string =>
  `client_vpn_associations: [{ name: v, client_vpn_endpoint_id: cvpn-endpoint-0123456789abcdef0, availability_zones: [us-east-1a], tier: ${tier} }]`;

describe("connections of an existing VPC", () => {
  testMessages({
    "require the route tables of their tiers": {
      networking: `${VPC}\n  add_connections: true\n${attached}`,
      reports: [
        "tfvars.networking.transit_gateway_attachments[x].tiers[0]: requires the route tables of the private subnets. List them in existing_vpc.route_table_ids.private or remove private",
      ],
    },
    "are accepted with the route tables of their tiers": {
      networking: `${VPC}
  add_connections: true
  route_table_ids: { private: [rtb-0123456789abcdef0] }
${attached.replace("tgw-0123456789abcdef0", "tgw-0123456789abcdef1")}`,
      reports: [],
    },
  });
});

describe("a Client VPN", () => {
  testMessages({
    "is associated with subnets of a tier that exists": {
      networking: `subnet_tiers: [private, public]\n${association("intra")}`,
      reports: [
        "tfvars.networking.client_vpn_associations[v].tier: the network has no intra subnets. Add intra to networking.subnet_tiers, or use another tier",
      ],
    },
    "is accepted in private subnets": { networking: association("private"), reports: [] },
  });
});
