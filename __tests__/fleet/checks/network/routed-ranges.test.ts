import { testReports } from "../../../support/definition";

const gateway = (cidrs: string, tiers = "private", name = "x", id = "tgw-01234567"): string =>
  `  - { name: ${name}, transit_gateway_id: ${id}, destination_cidrs: [${cidrs}], tiers: [${tiers}] }`;
const gateways = (...each: readonly string[]): string => `transit_gateway_attachments:\n${each.join("\n")}`;
const ipv6 = (cidrs: string, tiers = "private"): string =>
  `transit_gateway_attachments:
  - { name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [], destination_ipv6_cidrs: [${cidrs}], tiers: [${tiers}] }`;

const existing = `availability_zones: [us-east-1a, us-east-1b]
existing_vpc:
  vpc_id: vpc-0123456789abcdef0
  subnet_tags: { private: { Tier: private } }
`;

describe("a routed range", () => {
  testReports({
    "is not within the VPC, but can contain it": {
      networking: `vpc_cidr: 10.51.0.0/16\n${gateways(gateway("10.51.4.0/24, 10.51.0.0/16, 10.0.0.0/8"))}`,
      reports: [
        "11:74 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[0]: 10.51.4.0/24 is within 10.51.0.0/16 of this VPC, whose addresses are never routed out of it. Name the ranges on the other side",
        "11:88 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[1]: 10.51.0.0/16 is within 10.51.0.0/16 of this VPC, whose addresses are never routed out of it. Name the ranges on the other side",
      ],
    },
    "of a peering does not contain the VPC": {
      networking: `vpc_cidr: 10.52.0.0/16
vpc_peering_connections:
  - { name: x, peer_vpc_id: vpc-01234567, destination_cidrs: [10.0.0.0/8], tiers: [private], allow_remote_vpc_dns_resolution: false }`,
      reports: [
        "11:67 tfvars.networking.vpc_peering_connections[x].destination_cidrs[0]: 10.0.0.0/8 overlaps 10.52.0.0/16 of this VPC. AWS does not peer VPCs whose addresses overlap",
      ],
    },
    "does not overlap the Services": {
      networking: gateways(gateway("172.16.0.0/12")),
      reports: [
        "10:74 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[0]: 172.16.0.0/12 overlaps service_ipv4_cidr 172.20.0.0/16, so pods could not reach these addresses. Name only ranges that are in use on the other side",
      ],
    },
    "is not one that AWS reserves, but can contain it": {
      networking: gateways(gateway("169.254.169.0/24, 169.254.0.0/16")),
      reports: [
        "10:74 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[0]: 169.254.169.0/24 is within 169.254.168.0/22, which AWS reserves for its own services in each VPC. Remove it",
      ],
    },
    "is routed to one connection by a table": {
      networking: gateways(
        gateway("192.168.0.0/16", "private, public"),
        gateway("192.168.0.0/16", "private", "y", "tgw-12345678"),
      ),
      reports: [
        "11:74 tfvars.networking.transit_gateway_attachments[y].destination_cidrs[0]: 192.168.0.0/16 is already routed to transit_gateway_attachments[x], and a route table has one route to a range. Remove one of them",
      ],
    },
    "can be routed to two connections by different tables": {
      networking: gateways(
        gateway("192.168.0.0/16", "public"),
        gateway("192.168.0.0/16", "private", "y", "tgw-12345678"),
      ),
      reports: [],
    },
    "that an IPv4 network ignores is not compared with its gateways": {
      networking: ipv6('"::/0"', "public"),
      reports: [
        "10:102 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[0]: has no effect because ip_family is ipv4. Remove it, or set ip_family: dual_stack",
      ],
    },
    "is not the internet if the tier has gateways to it": {
      networking: `nat_gateways: single\n${gateways(gateway("0.0.0.0/0", "private, public"))}`,
      reports: [
        "11:74 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[0]: the public subnets already route 0.0.0.0/0 to the internet gateway. Remove the tier public",
        "11:74 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[0]: the private subnets already route 0.0.0.0/0 to NAT gateways. Set nat_gateways: none",
      ],
    },
    "can be the internet if the tier has no gateway to it": {
      networking: `nat_gateways: none\n${gateways(gateway("0.0.0.0/0", "private, intra"))}`,
      reports: [],
    },
    "can be the internet for intra subnets beside NAT gateways": {
      networking: gateways(gateway("0.0.0.0/0", "intra")),
      reports: [],
    },
    "can be the internet in an existing VPC": {
      networking: `${existing}  add_connections: true
  route_table_ids: { private: [rtb-01234567] }
${gateways(gateway("0.0.0.0/0"))}`,
      reports: [],
    },
    "of a tier that the network does not have is reported for the tier alone": {
      networking: `subnet_tiers: [private, intra]\nnat_gateways: regional\n${gateways(gateway("0.0.0.0/0", "public"))}`,
      reports: [
        "12:94 tfvars.networking.transit_gateway_attachments[x].tiers[0]: the network has no public subnets. Remove public or add it to subnet_tiers",
      ],
    },
    "of a connection that an existing VPC does not create is not checked": {
      networking: `${existing.replace("cdef0", "cdef1")}${gateways(gateway("172.16.0.0/12"))}`,
      reports: [
        "14:7 tfvars.networking.transit_gateway_attachments: has no effect because an existing VPC is not changed. Remove it, or set existing_vpc.add_connections: true",
      ],
    },
    "of a VPN connection is checked too": {
      networking:
        "vpn_connections: [{ name: x, customer_gateway: { ip_address: 203.0.113.7, bgp_asn: 65010 }, routing: static, destination_cidrs: [172.16.0.0/12], tiers: [private] }]",
      reports: [
        "9:134 tfvars.networking.vpn_connections[x].destination_cidrs[0]: 172.16.0.0/12 overlaps service_ipv4_cidr 172.20.0.0/16, so pods could not reach these addresses. Name only ranges that are in use on the other side",
      ],
    },
    "is checked even if another one is refused": {
      networking: gateways(gateway("10.9.0.1/16, 172.16.0.0/12")),
      reports: [
        '10:74 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[0]: must start at the first address of its block, 10.9.0.0/16, got "10.9.0.1/16"',
        "10:87 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[1]: 172.16.0.0/12 overlaps service_ipv4_cidr 172.20.0.0/16, so pods could not reach these addresses. Name only ranges that are in use on the other side",
      ],
    },
  });
});

describe("a routed IPv6 range", () => {
  testReports({
    "has the form that AWS uses": {
      networking: `ip_family: dual_stack\n${ipv6('"2001:DB8::1/32", "2001:db8::", "2001:0db8:0:0::/64"')}`,
      reports: [
        '11:102 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[0]: must be spelled as AWS returns the block: 2001:db8::/32, got "2001:DB8::1/32"',
        '11:120 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[1]: must be an IPv6 CIDR block, such as 2001:db8::/32, got "2001:db8::"',
        '11:134 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[2]: must be spelled as AWS returns the block: 2001:db8::/64, got "2001:0db8:0:0::/64"',
      ],
    },
    "has no effect in an IPv4 network": {
      networking: ipv6('"2001:db8::/32"'),
      reports: [
        "10:102 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[0]: has no effect because ip_family is ipv4. Remove it, or set ip_family: dual_stack",
      ],
    },
    "is not the internet if the tier has gateways to it": {
      networking: `ip_family: dual_stack\n${ipv6('"::/0"', "private, public")}`,
      reports: [
        "11:102 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[0]: the public subnets already route ::/0 to the internet gateway. Remove the tier public",
        "11:102 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[0]: the private subnets already route ::/0 to the egress-only internet gateway. Set egress_only_internet_gateway: false",
      ],
    },
    "can be the internet for intra subnets beside the egress-only gateway": {
      networking: `ip_family: dual_stack\n${ipv6('"::/0"', "intra")}`,
      reports: [],
    },
    "can be the internet without the egress-only gateway": {
      networking: `ip_family: dual_stack\negress_only_internet_gateway: false\n${ipv6('"::/0"')}`,
      reports: [],
    },
    "can be the internet in a private network": {
      networking: `ip_family: dual_stack\nprivate: true\nnat_gateways: none\n${ipv6('"::/0"')}`,
      reports: [expect.stringContaining("10:14 warning: tfvars.networking.private: ")],
    },
    "can be the internet in an existing VPC": {
      networking: `ip_family: dual_stack
${existing}  add_connections: true
  route_table_ids: { private: [rtb-01234567], public: [rtb-11234567] }
${ipv6('"::/0"', "private, public")}`.replace(
        "private: { Tier: private }",
        "private: { Tier: private }, public: { Tier: public }",
      ),
      reports: [],
    },
    "is routed once to one connection by a table": {
      networking: `ip_family: dual_stack
${ipv6('"2001:db8::/32", "2001:db8::/32"')}
vpc_peering_connections:
  - { name: y, peer_vpc_id: vpc-01234567, destination_cidrs: [10.9.0.0/16], destination_ipv6_cidrs: ["2001:db8::/32"], tiers: [private], allow_remote_vpc_dns_resolution: false }`,
      reports: [
        "11:102 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[0]: 2001:db8::/32 is already routed to vpc_peering_connections[y], and a route table has one route to a range. Remove one of them",
        "11:119 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[1]: lists 2001:db8::/32 twice. Remove one of them",
        "11:119 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[1]: 2001:db8::/32 is already routed to vpc_peering_connections[y], and a route table has one route to a range. Remove one of them",
      ],
    },
  });
});

describe("the routes of a table", () => {
  const ranges = (count: number, first = 0): string =>
    Array.from(
      { length: count },
      (_, index) => `172.${16 + Math.floor((first + index) / 250)}.${(first + index) % 250}.0/24`,
    ).join(", ");
  const gateway = (name: string, count: number, first = 0, tiers = "private"): string =>
    `  - { name: ${name}, transit_gateway_id: tgw-0123456${name}, tiers: [${tiers}], destination_cidrs: [${ranges(count, first)}] }`;
  const attachments = (...lines: string[]): string => `transit_gateway_attachments:\n${lines.join("\n")}`;
  const over = (place: string, name: string, tier = "private"): string =>
    `${place} warning: tfvars.networking.transit_gateway_attachments[${name}].destination_cidrs: gives the route tables of the ${tier} subnets more routes than AWS's default quota of 500. Name larger ranges, use a prefix list, or request a higher quota`;

  testReports({
    "fit, if they are 500": { networking: attachments(gateway("a", 500)), reports: [] },
    "do not fit, if they are 501": {
      networking: attachments(gateway("a", 501)),
      reports: [over("10:91", "a")],
    },
    "do not fit, if those of two connections are 501": {
      networking: attachments(gateway("a", 250), gateway("b", 251, 250)),
      reports: [over("11:91", "b")],
    },
    "fit, if they are in tables of different tiers": {
      networking: attachments(gateway("a", 500), gateway("b", 1, 500, "public")),
      reports: [],
    },
  });
});
