import { problemsIn, testReports } from "../../../support/definition";

const VPC = `availability_zones: [us-east-1a, us-east-1b]
existing_vpc:
  vpc_id: vpc-0123456789abcdef0
`;
/** With private subnets, so that a test has only its own mistake. */
const WITH_SUBNETS = `${VPC}  subnet_tags: { private: { Tier: private } }
`;
const IN_PUBLIC = "subnet_tier: public\nassociate_public_ip_address: true";
const [A, B] = ["subnet-0123456789abcdef0", "subnet-1123456789abcdef0"];

const OF_A_NEW_VPC = [
  "instance_tenancy: dedicated",
  "subnet_tiers: [private]",
  "secondary_cidr_blocks: [100.64.0.0/16]",
  "map_public_ip_on_launch: true",
  "private_dns_hostname_type_on_launch: ip-name",
  "nat_gateways: none",
  "nat_gateway_eip_allocation_ids: [eipalloc-01234567]",
  "egress_only_internet_gateway: true",
  "subnet_prefix_lengths: { private: 20 }",
  "subnet_ranges: { private: { us-east-1a: 10.0.0.0/20 } }",
  "subnet_tags: { private: { a: b } }",
  "flow_logs: { enabled: false }",
  "dhcp_options: { domain_name: a.example.com }",
  "public_access_block_exclusions: { vpc: allow-bidirectional }",
];

describe("an existing VPC", () => {
  testReports({
    "is named if its subnets are": {
      networking: "existing_vpc: { subnet_tags: { private: { Tier: private } } }",
      reports: ["9:19 tfvars.networking.existing_vpc: names no VPC. Set vpc_id or vpc_tags, or remove it"],
    },
    "is named if endpoints are added to it": {
      networking: "existing_vpc: { add_endpoints: true }",
      reports: ["9:19 tfvars.networking.existing_vpc: names no VPC. Set vpc_id or vpc_tags, or remove it"],
    },
    "is named if connections are added to it": {
      networking: "existing_vpc: { add_connections: true }",
      reports: ["9:19 tfvars.networking.existing_vpc: names no VPC. Set vpc_id or vpc_tags, or remove it"],
    },
    "is named if tags are added to its subnets": {
      networking: "existing_vpc: { add_subnet_tags: [kubernetes.io/role/elb] }",
      reports: ["9:19 tfvars.networking.existing_vpc: names no VPC. Set vpc_id or vpc_tags, or remove it"],
    },
    "is named if its route tables are": {
      networking: "existing_vpc: { route_table_ids: { private: [rtb-01234567] } }",
      reports: ["9:19 tfvars.networking.existing_vpc: names no VPC. Set vpc_id or vpc_tags, or remove it"],
    },
    "is not named if nothing is set": { networking: "existing_vpc: {}", reports: [] },
    "can be found by its tags": {
      networking: WITH_SUBNETS.replace("vpc_id: vpc-0123456789abcdef0", "vpc_tags: { Name: x }"),
      reports: [],
    },
    "is named in one way, and has private subnets": {
      networking: "existing_vpc: { vpc_id: vpc-0123456789abcdef0, vpc_tags: { Name: x } }",
      reports: [
        "9:19 tfvars.networking.existing_vpc: has no private subnets, which nodes use. List their ids in subnet_ids.private or their tags in subnet_tags.private",
        "9:62 tfvars.networking.existing_vpc.vpc_tags: has no effect because vpc_id names the VPC. Remove it, or remove vpc_id",
      ],
    },
    "has private subnets if nodes are in them": {
      networking: "existing_vpc: { vpc_id: vpc-0123456789abcdef0, subnet_tags: { public: { Tier: public } } }",
      reports: [
        "9:19 tfvars.networking.existing_vpc: has no private subnets, which nodes use. List their ids in subnet_ids.private or their tags in subnet_tags.private, or set subnet_tier: public for all nodes",
      ],
    },
    "has private subnets if nodes are in them, whatever intra subnets it has": {
      networking: `${VPC}  subnet_tags: { intra: { Tier: intra } }`,
      reports: [
        "11:7 tfvars.networking.existing_vpc: has no private subnets, which nodes use. List their ids in subnet_ids.private or their tags in subnet_tags.private",
      ],
    },
    "has private subnets if endpoints are added to it": {
      networking: `${VPC}  subnet_tags: { public: { Tier: public } }
  add_endpoints: true
interface_endpoints: [sts]
gateway_endpoints: []`,
      worker: IN_PUBLIC,
      reports: [
        "13:7 tfvars.networking.existing_vpc: has no private subnets, which endpoints use. List their ids in subnet_ids.private or their tags in subnet_tags.private",
      ],
    },
    "has private subnets if connections are added to it": {
      networking: `${VPC}  subnet_tags: { public: { Tier: public } }
  add_connections: true
private_zones: [{ name: a, domain: a.example.com }]`,
      worker: IN_PUBLIC,
      reports: [
        "13:7 tfvars.networking.existing_vpc: has no private subnets, which connections use. List their ids in subnet_ids.private or their tags in subnet_tags.private",
      ],
    },
    "has subnets for the control plane": {
      networking: VPC,
      worker: IN_PUBLIC,
      reports: [
        "8:20 tfvars.workers[general].subnet_tier: the network has no public subnets. List them in existing_vpc.subnet_ids.public or existing_vpc.subnet_tags.public, or use another tier",
        "13:7 tfvars.networking.existing_vpc: has no private subnets, which the control plane uses. List their ids in subnet_ids.private or their tags in subnet_tags.private",
      ],
    },
    "has a private subnet in each local zone": {
      networking: `${VPC}  subnet_ids: { private: { us-east-1a: ${A}, us-east-1b: ${B} } }
local_zones: [us-east-1-bos-1a]`,
      reports: [
        "12:30 tfvars.networking.existing_vpc.subnet_ids.private: has no subnet in us-east-1-bos-1a. Add one, or name only zones that have subnets in availability_zones and local_zones. EKS requires 2 zones",
      ],
    },
    "can have a public subnet in a local zone": {
      networking: `${VPC}  subnet_ids: { private: { us-east-1a: ${A}, us-east-1b: ${B}, us-east-1-bos-1a: subnet-01234567 }, public: { us-east-1a: subnet-11234567, us-east-1b: subnet-21234567, us-east-1-bos-1a: subnet-31234567 } }
local_zones: [us-east-1-bos-1a]`,
      reports: [],
    },
    "can have no public subnet in a local zone, and has no intra subnet there": {
      networking: `${VPC}  subnet_ids: { private: { us-east-1a: ${A}, us-east-1b: ${B}, us-east-1-bos-1a: subnet-01234567 }, public: { us-east-1a: subnet-11234567, us-east-1b: subnet-21234567 }, intra: { us-east-1a: subnet-41234567, us-east-1b: subnet-51234567, us-east-1-bos-1a: subnet-31234567 } }
local_zones: [us-east-1-bos-1a]`,
      reports: [
        "12:300 tfvars.networking.existing_vpc.subnet_ids.intra.us-east-1-bos-1a: us-east-1-bos-1a is a local zone, which has private and public subnets only. Remove it",
      ],
    },
    "has only public subnets if all nodes are in them": {
      networking: "existing_vpc: { vpc_id: vpc-0123456789abcdef0, subnet_tags: { public: { Tier: public } } }",
      worker: IN_PUBLIC,
      reports: [],
    },
    "has the definition's number of zones, in whatever zones its subnets are": {
      networking: `availability_zones: 2
existing_vpc: { vpc_id: vpc-0123456789abcdef0, subnet_ids: { private: { us-east-1b: ${A}, us-east-1c: ${B} } } }`,
      reports: [],
    },
    "has no other number of zones than the definition": {
      networking: `availability_zones: 3
existing_vpc: { vpc_id: vpc-0123456789abcdef0, subnet_ids: { private: { us-east-1b: ${A}, us-east-1c: ${B} } } }`,
      reports: [
        "10:75 tfvars.networking.existing_vpc.subnet_ids.private: has no subnet in us-east-1a. Add one, or name only zones that have subnets in availability_zones. EKS requires 2 zones",
      ],
    },
    "has subnets that are found in one way": {
      networking: `${WITH_SUBNETS}  subnet_ids: { private: { us-east-1a: ${A}, us-east-1b: ${B} } }`,
      reports: [
        "13:30 tfvars.networking.existing_vpc.subnet_ids.private: finds the private subnets by id, and subnet_tags.private by tag. Remove one of them",
      ],
    },
    "has subnets in the zones of the network, whatever else is wrong": {
      networking: `${VPC}  subnet_ids: { private: { us-east-1a: ${A}, us-east-1c: ${B} }, intra: { us-east-1a: subnet-1 } }`,
      reports: [
        "12:30 tfvars.networking.existing_vpc.subnet_ids.private: has no subnet in us-east-1b. Add one, or name only zones that have subnets in availability_zones. EKS requires 2 zones",
        "12:82 tfvars.networking.existing_vpc.subnet_ids.private.us-east-1c: us-east-1c is not a zone of the network (us-east-1a, us-east-1b). Name the zones of the subnets in availability_zones",
        '12:131 tfvars.networking.existing_vpc.subnet_ids.intra.us-east-1a: must be the id of a subnet, such as subnet-0123456789abcdef0, got "subnet-1"',
      ],
    },
    "has one subnet for each zone and in each zone": {
      networking: `${VPC}  subnet_ids: { private: { us-east-1a: ${A}, us-east-1b: ${A} }, public: { us-east-1a: ${B} } }`,
      reports: [
        "12:82 tfvars.networking.existing_vpc.subnet_ids.private.us-east-1b: subnet-0123456789abcdef0 is already the subnet of us-east-1a. A subnet is in one zone",
        "12:118 tfvars.networking.existing_vpc.subnet_ids.public: has no subnet in us-east-1b. Add one, or name only zones that have subnets in availability_zones. EKS requires 2 zones",
      ],
    },
    "has no second error for a subnet that was refused": {
      networking: `${VPC}  subnet_ids: { private: { us-east-1a: [subnet-01234567, subnet-12345678], us-east-1b: ${B} } }`,
      reports: ["12:44 tfvars.networking.existing_vpc.subnet_ids.private.us-east-1a: must be text, got a list"],
    },
    "has no settings of a new VPC": {
      networking: `${WITH_SUBNETS}${OF_A_NEW_VPC.join("\n")}`,
      reports: OF_A_NEW_VPC.map(
        (line, index) =>
          `${13 + index}:${line.indexOf(":") + 7} tfvars.networking.${line.split(":")[0]}: has no effect because an existing VPC is not changed. Remove it`,
      ),
    },
    "can have settings that every VPC has": {
      networking: `${WITH_SUBNETS}vpc_cidr: 10.99.0.0/16
ip_family: ipv4
local_zones: []
connected_to: []
private: false`,
      reports: [],
    },
    "has no tags for public subnets without such subnets": {
      networking: `${WITH_SUBNETS}  add_subnet_tags: [kubernetes.io/role/elb]`,
      reports: [
        "13:25 tfvars.networking.existing_vpc.add_subnet_tags[0]: is for public subnets, but existing_vpc has none. Name the public subnets or remove it",
      ],
    },
  });
});

describe("additions to an existing VPC", () => {
  /** In a VPC of its own, because two clusters do not add the same to one. */
  const other = (id: string): string => WITH_SUBNETS.replace("vpc-0123456789abcdef0", `vpc-0123456789abcde${id}`);

  testReports({
    "are enabled by a switch": {
      networking: `${WITH_SUBNETS}interface_endpoints: [sts]
private_zones: [{ name: a, domain: a.example.com }]`,
      reports: [
        "13:26 tfvars.networking.interface_endpoints: has no effect because an existing VPC is not changed. Remove it, or set existing_vpc.add_endpoints: true",
        "14:20 tfvars.networking.private_zones: has no effect because an existing VPC is not changed. Remove it, or set existing_vpc.add_connections: true",
      ],
    },
    "are listed if their switch is on, and route tables are listed once": {
      networking: `${WITH_SUBNETS}  add_connections: true
  add_endpoints: true
  route_table_ids: { private: [rtb-01234567, rtb-01234567] }
gateway_endpoints: []`,
      reports: [
        "13:24 tfvars.networking.existing_vpc.add_connections: has no effect because no connection is listed. Remove it, or list one",
        "14:22 tfvars.networking.existing_vpc.add_endpoints: has no effect because no endpoint is listed. Remove it, or list one",
        "15:50 tfvars.networking.existing_vpc.route_table_ids.private[1]: lists rtb-01234567 twice. Remove one of them",
      ],
    },
    "use the route tables that are listed": {
      networking: `${WITH_SUBNETS}  route_table_ids: { private: [rtb-01234567] }`,
      reports: [
        "13:24 tfvars.networking.existing_vpc.route_table_ids: has no effect because neither add_connections nor add_endpoints is true. Remove it",
      ],
    },
    "can be interface endpoints alone": {
      networking: `${other("0a")}  add_endpoints: true
interface_endpoints: [sts]
gateway_endpoints: []`,
      reports: [],
    },
    "require route tables for one gateway endpoint": {
      networking: `${other("0b")}  add_endpoints: true
gateway_endpoints: [s3]`,
      reports: [
        "13:22 tfvars.networking.existing_vpc.add_endpoints: requires route_table_ids, because gateway endpoints (s3) are routes in these tables. List the tables or set gateway_endpoints: []",
      ],
    },
    "include the gateway endpoint of S3 in a private network": {
      networking: `${other("0c")}  add_endpoints: true
private: true
gateway_endpoints: []`,
      reports: [
        "13:22 tfvars.networking.existing_vpc.add_endpoints: requires route_table_ids, because gateway endpoints (s3) are routes in these tables. List the tables or set gateway_endpoints: [] and private: false",
        "14:14 warning: tfvars.networking.private: the images of aws_load_balancer_controller, cluster_autoscaler, metrics_server come from registries on the internet, which a private network does not reach. Copy them to ECR and name that registry in their values",
      ],
    },
    "can use route tables for gateway endpoints alone": {
      networking: `${other("0d")}  add_endpoints: true
  route_table_ids: { private: [rtb-01234567] }
gateway_endpoints: [s3]`,
      reports: [],
    },
    "can be the tables that a VPN gateway's routes are propagated to": {
      networking: `${other("0e")}  add_connections: true
  route_table_ids: { private: [rtb-01234567] }
vpn_gateway: { propagation_tiers: [private] }`,
      reports: [],
    },
    "can be an existing VPN gateway": {
      networking: `${other("0f")}  add_connections: true
  route_table_ids: { private: [rtb-01234567] }
vpn_gateway: { id: vgw-01234567 }`,
      reports: [],
    },
    "require the route tables and subnets that they use": {
      networking: `${WITH_SUBNETS}  add_connections: true
  add_endpoints: true
gateway_endpoints: [s3, dynamodb]
transit_gateway_attachments: [{ name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [private, intra] }]
client_vpn_associations: [{ name: x, client_vpn_endpoint_id: cvpn-endpoint-01234567, tier: public, availability_zones: [us-east-1a] }]`,
      reports: [
        "14:22 tfvars.networking.existing_vpc.add_endpoints: requires route_table_ids, because gateway endpoints (s3, dynamodb) are routes in these tables. List the tables or set gateway_endpoints: []",
        "16:123 tfvars.networking.transit_gateway_attachments[x].tiers[0]: requires the route tables of the private subnets. List them in existing_vpc.route_table_ids.private or remove private",
        "16:132 tfvars.networking.transit_gateway_attachments[x].tiers[1]: requires the route tables of the intra subnets. List them in existing_vpc.route_table_ids.intra or remove intra",
        "17:96 tfvars.networking.client_vpn_associations[x].tier: the network has no public subnets. List them in existing_vpc.subnet_ids.public or existing_vpc.subnet_tags.public, or use another tier",
      ],
    },
  });
});

test("an existing VPC has a range of its own, which may be the default if it is written", () => {
  expect(problemsIn({ networking: WITH_SUBNETS })).toEqual([
    "11:7 warning: tfvars.networking.vpc_cidr: must be the range of the existing VPC. The default 10.0.0.0/16 is for a new VPC, and no plan succeeds if the existing one has another range. Write its range, even if it is the default",
  ]);
  expect(problemsIn({ networking: `${WITH_SUBNETS}vpc_cidr: 10.0.0.0/16` })).toEqual([]);
});
