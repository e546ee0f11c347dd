import { problemsOf, SMALLEST } from "../../../support/definitions";

const FILE = "clusters/a.example.com.yaml";

/** What is said of keys under `networking`, and of others of the cluster's; without the file they stand in. */
function told(networking: string, rest = ""): string[] {
  const problems = problemsOf({ [FILE]: `${SMALLEST}  networking:\n${networking.replaceAll(/^/gm, "    ")}\n${rest}` });
  return problems.map((problem) => problem.replace(`${FILE}:`, ""));
}

describe("private networks", () => {
  test("have no gateway and no public endpoint", () => {
    expect(
      told(
        `private: true
subnet_tiers: [private, public]
nat_gateways: single
public_access_block_exclusions: { vpc: allow-egress }`,
        `  cluster:
    endpoint_public_access: true
    public_access_cidrs: [192.0.2.0/24]
`,
      ),
    ).toEqual([
      "9:14 warning: tfvars.networking.private: the images of aws_load_balancer_controller, cluster_autoscaler, metrics_server come from registries on the internet, where nothing leads from here: copy them to ECR, and name that registry in their values",
      "10:29 tfvars.networking.subnet_tiers[1]: has no effect in a private network, which has no public subnets: leave it out",
      "11:19 tfvars.networking.nat_gateways: must be none in a private network, which has no internet gateway, got single",
      "12:44 tfvars.networking.public_access_block_exclusions.vpc: has no effect in a private network, which has no internet gateway: remove it",
      "14:29 tfvars.cluster.endpoint_public_access: must be false in a private network: reach the API by a connection of it, and list that one's ranges in private_access_cidrs",
    ]);
  });
  test("have no addon that needs the internet", () => {
    expect(
      told(
        `private: true
nat_gateways: none`,
        `  cluster: { k8s_base_domain: a.eks.example.com }
  addons:
    cert_manager_enabled: true
    external_dns_enabled: true
    aws_load_balancer_controller_enabled: false
    cluster_autoscaler_enabled: false
    metrics_server_enabled: false
`,
      ),
    ).toEqual([
      "9:14 warning: tfvars.networking.private: the images of cert_manager, external_dns come from registries on the internet, where nothing leads from here: copy them to ECR, and name that registry in their values",
      "13:27 tfvars.addons.cert_manager_enabled: needs Let's Encrypt and the API of Route 53, and nothing leads there from a private network: disable it, or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN",
      "14:27 tfvars.addons.external_dns_enabled: needs the API of Route 53, and nothing leads there from a private network: disable it, or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN",
    ]);
  });
  test("have no load balancer on the internet", () => {
    expect(
      told(
        `private: true
nat_gateways: none`,
        `  addons:
    cluster_autoscaler_enabled: false
    metrics_server_enabled: false
    aws_load_balancer_controller:
      enabled: true
      options: { default_scheme: internet-facing, shield: true }
      values: { image: { repository: mirror } }
`,
      ),
    ).toEqual([
      "15:16 tfvars.addons.aws_load_balancer_controller.enabled: needs the API of Shield, and nothing leads there from a private network: disable it, or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN",
      "16:34 tfvars.addons.aws_load_balancer_controller.options.default_scheme: must be internal, because a private network is not reachable from the internet",
    ]);
  });
  test("take what they want where a connection leads out", () => {
    expect(
      told(
        `private: true
nat_gateways: none
transit_gateway_attachments:
  - { name: out, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [0.0.0.0/0], tiers: [private] }`,
        `  cluster: { k8s_base_domain: a.eks.example.com }
  addons:
    cert_manager_enabled: true
`,
      ),
    ).toEqual([]);
  });
});

describe("endpoints", () => {
  test("an organization that is not named", () => {
    expect(told(`endpoint_policy: organization`)).toEqual([
      "9:22 tfvars.networking.endpoint_policy: organization needs organization_id: name yours",
    ]);
  });
  test("an organization that nothing asks for, and a policy of nothing", () => {
    expect(
      told(`organization_id: o-a1b2c3d4e5
endpoint_policy: account
gateway_endpoints: []`),
    ).toEqual([
      "9:22 tfvars.networking.organization_id: has no effect: set endpoint_policy: organization, or remove it",
      "10:22 tfvars.networking.endpoint_policy: has no effect, because the network has no endpoint: remove it",
    ]);
  });
  test("twice, and by a wrong name", () => {
    expect(
      told(`interface_endpoints: [ec2, ecr, ec2]
gateway_endpoints: [s3, s3]`),
    ).toEqual([
      '9:32 tfvars.networking.interface_endpoints[1]: must be an AWS service as its interface endpoint names it, such as ec2, got "ecr"',
      "10:29 tfvars.networking.gateway_endpoints[1]: names s3 twice: name each once",
    ]);
  });
  test("twice", () => {
    expect(told(`interface_endpoints: [ec2, ec2]`)).toEqual([
      "9:32 tfvars.networking.interface_endpoints[1]: names ec2 twice: name each once",
    ]);
  });
});

describe("flow logs", () => {
  test("settings of S3 for CloudWatch, a field twice, a key elsewhere", () => {
    expect(
      told(`flow_logs:
  log_format: [version, srcaddr, version]
  kms_key: arn:aws:kms:eu-west-1:111111111111:key/1
  s3:
    bucket_arn: arn:aws-cn:s3:::example-logs
    file_format: parquet
    per_hour_partition: true
    hive_compatible_partitions: true`),
    ).toEqual([
      "10:38 tfvars.networking.flow_logs.log_format[2]: names version twice: name each once",
      "11:16 tfvars.networking.flow_logs.kms_key: must be a key of us-east-1, where the logs are, got arn:aws:kms:eu-west-1:111111111111:key/1",
      "13:21 tfvars.networking.flow_logs.s3.bucket_arn: has no effect while destination is cloudwatch: remove it, or set destination: s3",
      "13:21 tfvars.networking.flow_logs.s3.bucket_arn: must be an ARN of partition aws, as us-east-1 is, got arn:aws-cn:s3:::example-logs",
      "14:22 tfvars.networking.flow_logs.s3.file_format: has no effect while destination is cloudwatch: remove it, or set destination: s3",
      "15:29 tfvars.networking.flow_logs.s3.per_hour_partition: has no effect while destination is cloudwatch: remove it, or set destination: s3",
      "16:37 tfvars.networking.flow_logs.s3.hive_compatible_partitions: has no effect while destination is cloudwatch: remove it, or set destination: s3",
    ]);
  });
  test("a key for a bucket of somebody else", () => {
    expect(
      told(`flow_logs: { destination: s3, kms_key: own, s3: { bucket_arn: 'arn:aws:s3:::example-logs/eks' } }`),
    ).toEqual([
      "9:44 tfvars.networking.flow_logs.kms_key: has no effect: the bucket of s3.bucket_arn encrypts as its owner says. Remove it",
    ]);
  });
  test("days for a bucket of somebody else", () => {
    const bucket = "destination: s3, s3: { bucket_arn: 'arn:aws:s3:::example-logs' }";

    expect(told(`flow_logs: { retention_days: 30, ${bucket} }`)).toEqual([
      "9:34 tfvars.networking.flow_logs.retention_days: has no effect: the bucket of s3.bucket_arn keeps them as its owner says. Remove it",
    ]);
    expect(told(`flow_logs: { ${bucket} }`)).toEqual([]);
    expect(told("flow_logs: { retention_days: 30, destination: s3 }")).toEqual([]);
  });
  test.each(["AWSLogs", "AWSLogs/eks/"])("a folder %s, which AWS makes itself", (folder) => {
    expect(told(`flow_logs: { destination: s3, s3: { bucket_arn: 'arn:aws:s3:::example-logs/${folder}' } }`)).toEqual([
      `9:53 tfvars.networking.flow_logs.s3.bucket_arn: must not contain the folder AWSLogs, which AWS creates itself, got "arn:aws:s3:::example-logs/${folder}". Name the bucket, or another folder`,
    ]);
  });
  test("what they do not take", () => {
    expect(
      told(
        `flow_logs: { kms_key: alias/x, log_format: [srcadr], max_aggregation_interval: 120, s3: { bucket_arn: example } }`,
      ),
    ).toEqual([
      "9:27 tfvars.networking.flow_logs.kms_key: must be own, or the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef",
      '9:49 tfvars.networking.flow_logs.log_format[0]: must be a field of flow logs, such as srcaddr, got "srcadr"',
      "9:84 tfvars.networking.flow_logs.max_aggregation_interval: must be one of 60, 600, got 120",
      '9:107 tfvars.networking.flow_logs.s3.bucket_arn: must be the ARN of an S3 bucket, or of a folder in it, such as arn:aws:s3:::example-flow-logs/eks, got "example"',
    ]);
  });
});

describe("options of the VPC", () => {
  test("servers twice, and none of AWS", () => {
    expect(told(`dhcp_options: { domain_name_servers: [10.0.0.5, 10.0.0.5], netbios_node_type: 3 }`)).toEqual([
      "9:42 warning: tfvars.networking.dhcp_options.domain_name_servers: has no AmazonProvidedDNS, which alone knows the private endpoint of the cluster, VPC endpoints and private zones: these servers must forward to it. To forward some domains only, leave this empty and use resolver_rules",
      "9:53 tfvars.networking.dhcp_options.domain_name_servers[1]: names 10.0.0.5 twice: name each once",
      "9:83 tfvars.networking.dhcp_options.netbios_node_type: must be one of 1, 2, 4, 8, got 3",
    ]);
  });
  test("an exclusion within another", () => {
    expect(told(`public_access_block_exclusions: { vpc: allow-bidirectional, public: allow-egress }`)).toEqual([
      "9:73 tfvars.networking.public_access_block_exclusions.public: has no effect beside vpc: allow-bidirectional, which excludes all subnets: keep one of them",
    ]);
  });
});

describe("peering", () => {
  test("with nobody, and with two", () => {
    expect(
      told(`vpc_peering_connections:
  - { name: x, tiers: [private], allow_remote_vpc_dns_resolution: false }
  - name: y
    cluster: b.example.com
    peer_vpc_id: vpc-0123456789abcdef0
    tiers: [private]
    allow_remote_vpc_dns_resolution: false`),
    ).toEqual([
      "10:9 tfvars.networking.vpc_peering_connections[x]: names neither cluster nor peer_vpc_id: name the one that it leads to",
      "11:9 tfvars.networking.vpc_peering_connections[y]: names both cluster and peer_vpc_id: name the one that it leads to",
      "12:18 tfvars.networking.vpc_peering_connections[y].cluster: there is no cluster b.example.com",
    ]);
  });
  test("with a VPC", () => {
    expect(
      told(`vpc_peering_connections:
  - name: x
    peer_vpc_id: vpc-0123456789abcdef0
    peer_region: eu-west-9
    tiers: [private, private]
    peer_tiers: [private]
    allow_remote_vpc_dns_resolution: false
  - name: y
    peer_vpc_id: vpc-0123456789abcdef0
    destination_cidrs: [10.0.0.0/8]
    tiers: [private]
    allow_remote_vpc_dns_resolution: false`),
    ).toEqual([
      "10:9 tfvars.networking.vpc_peering_connections[x]: needs destination_cidrs: the ranges of peer_vpc_id",
      '12:22 tfvars.networking.vpc_peering_connections[x].peer_region: unknown region "eu-west-9". Did you mean "eu-west-1"?',
      "13:26 tfvars.networking.vpc_peering_connections[x].tiers[1]: names private twice: name each once",
      "14:21 tfvars.networking.vpc_peering_connections[x].peer_tiers: belongs to cluster: of another VPC no table is ours. Remove it",
      "17:22 tfvars.networking.vpc_peering_connections[y].peer_vpc_id: vpc-0123456789abcdef0 is what x leads to already: two VPCs have one connection",
      "18:29 tfvars.networking.vpc_peering_connections[y].destination_cidrs[0]: 10.0.0.0/8 overlaps 10.0.0.0/16 of this VPC: AWS peers no VPCs that share addresses",
    ]);
  });
  test("with a cluster", () => {
    expect(
      told(`vpc_peering_connections:
  - name: x
    cluster: a.example.com
    peer_owner_id: '444444444444'
    destination_cidrs: [10.9.0.0/16]
    tiers: [private]
    allow_remote_vpc_dns_resolution: false`),
    ).toEqual([
      "10:9 tfvars.networking.vpc_peering_connections[x]: needs peer_tiers: whose tables of the other cluster lead back",
      "11:18 tfvars.networking.vpc_peering_connections[x].cluster: names the cluster itself: name the other one",
      "12:24 tfvars.networking.vpc_peering_connections[x].peer_owner_id: is known of the cluster a.example.com: remove it",
      "13:28 tfvars.networking.vpc_peering_connections[x].destination_cidrs: is known of the cluster a.example.com: remove it",
    ]);
  });
});

describe("ranges behind connections", () => {
  test("that are the VPC's, the Services', or led elsewhere", () => {
    expect(
      told(`nat_gateways: single
transit_gateway_attachments:
  - name: x
    transit_gateway_id: tgw-0123456789abcdef0
    destination_cidrs: [10.0.4.0/24, 10.0.0.0/16, 10.0.0.0/8, 172.16.0.0/12, 0.0.0.0/0, 192.168.0.0/16]
    tiers: [private, public]
  - { name: y, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [192.168.0.0/16], tiers: [private] }
  - { name: z, transit_gateway_id: tgw-0123456789abcdef1, destination_cidrs: [], tiers: [private] }`),
    ).toEqual([
      "13:29 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[0]: 10.0.4.0/24 lies in 10.0.0.0/16 of this VPC, whose addresses are never routed out of it: name the ranges on the other side",
      "13:42 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[1]: 10.0.0.0/16 lies in 10.0.0.0/16 of this VPC, whose addresses are never routed out of it: name the ranges on the other side",
      "13:67 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[3]: 172.16.0.0/12 overlaps service_ipv4_cidr 172.20.0.0/16: pods would never reach those addresses of the other side. Name the ranges that are in use there",
      "13:82 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[4]: 0.0.0.0/0 of the tier public leads to the internet gateway already: leave that tier out",
      "13:82 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[4]: 0.0.0.0/0 of the tier private leads to the NAT gateways already: set nat_gateways: none",
      "15:40 tfvars.networking.transit_gateway_attachments[y].transit_gateway_id: tgw-0123456789abcdef0 is what x attaches already: a gateway has a VPC once",
      "15:83 tfvars.networking.transit_gateway_attachments[y].destination_cidrs[0]: 192.168.0.0/16 is routed to transit_gateway_attachments[x] already: a table has one way to a range",
      "16:82 tfvars.networking.transit_gateway_attachments[z].destination_cidrs: routes nothing there: name ranges in destination_cidrs, or lists in destination_prefix_list_ids",
    ]);
  });
});

test("ranges that AWS keeps for its own services in every VPC", () => {
  expect(
    told(
      "transit_gateway_attachments: [{ name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [169.254.169.0/24, 169.254.0.0/16], tiers: [private] }]",
    ),
  ).toEqual([
    "9:100 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[0]: 169.254.169.0/24 lies in 169.254.168.0/22, which AWS keeps for services of its own in every VPC, and takes no route to: leave it out",
  ]);
});

test("a VPC of another partition", () => {
  expect(
    told(
      "vpc_peering_connections: [{ name: x, peer_vpc_id: vpc-01234567, peer_region: cn-north-1, destination_cidrs: [10.9.0.0/16], tiers: [private], allow_remote_vpc_dns_resolution: false }]",
    ),
  ).toEqual([
    "9:82 tfvars.networking.vpc_peering_connections[x].peer_region: cn-north-1 is in partition aws-cn, and this cluster in aws: AWS peers within one only",
  ]);
});

describe("VPNs", () => {
  test("whose sides are unclear", () => {
    expect(
      told(`vpn_gateway: { id: vgw-0123456789abcdef0, amazon_side_asn: 65001 }
vpn_connections:
  - name: x
    customer_gateway: { ip_address: 203.0.113.7, bgp_asn: 65000 }
    routing: static
    destination_cidrs: [192.168.0.0/24]
    tiers: [private]
  - name: y
    customer_gateway: { ip_address: 203.0.113.7, bgp_asn: 65000 }
    routing: bgp
    destination_cidrs: [192.168.1.0/24]
    tiers: [private]
  - { name: z, routing: bgp, destination_cidrs: [192.168.2.0/24], tiers: [private] }`),
    ).toEqual([
      "9:64 tfvars.networking.vpn_gateway.amazon_side_asn: has no effect: vgw-0123456789abcdef0 has its own number. Remove it",
      "17:27 tfvars.networking.vpn_connections[y].customer_gateway: 203.0.113.7 is the other side of x already: a gateway here has one connection to it, with two tunnels",
      "21:9 tfvars.networking.vpn_connections[z]: names neither customer_gateway nor customer_gateway_id: name the one that it leads to",
    ]);
  });
  test("with a key in the file", () => {
    expect(
      told(`vpn_connections:
  - name: x
    customer_gateway_id: cgw-0123456789abcdef0
    preshared_key: abcdefgh
    routing: bgp
    destination_cidrs: [192.168.0.0/24]
    tiers: [private]`),
    ).toEqual([
      '12:9 tfvars.networking.vpn_connections[x].preshared_key: unknown key "preshared_key". Known keys: name, customer_gateway_id, customer_gateway, transit_gateway, transit_gateway_route_table_id, routing, destination_cidrs, tiers',
    ]);
  });
  test("to devices that AWS does not find, or takes for itself", () => {
    const vpn = (name: string, ip: string, asn: number, more = "") =>
      `  - { name: ${name}, customer_gateway: { ip_address: ${ip}, bgp_asn: ${asn} }, routing: bgp, destination_cidrs: [192.168.${name.length}.0/24], tiers: [private]${more} }\n`;

    expect(
      told(
        `transit_gateway_attachments: [{ name: hub, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [private] }]
vpn_connections:
${vpn("x", "192.168.1.1", 64512)}${vpn("xx", "0.0.0.0", 7224)}${vpn("xxx", "203.0.113.7", 9059)}${vpn("xxxx", "203.0.113.8", 64512, ", transit_gateway: hub")}`,
      ),
    ).toEqual([
      "11:52 tfvars.networking.vpn_connections[x].customer_gateway.ip_address: 192.168.1.1 is no public address, and AWS reaches the device by the internet: name the public one, of the NAT device where it is behind one",
      "11:74 tfvars.networking.vpn_connections[x].customer_gateway.bgp_asn: 64512 is the number of the virtual private gateway too, and AWS takes no two alike: name another, or another vpn_gateway.amazon_side_asn where the gateway is not made yet",
      "12:53 tfvars.networking.vpn_connections[xx].customer_gateway.ip_address: 0.0.0.0 is no public address, and AWS reaches the device by the internet: name the public one, of the NAT device where it is behind one",
      "12:71 tfvars.networking.vpn_connections[xx].customer_gateway.bgp_asn: 7224 is AWS's own in every region: name the device's, or a private one such as 65000",
    ]);
  });
  test("with the number of a gateway that is made with it, or that is there", () => {
    const vpn = `vpn_connections:
  - { name: x, customer_gateway: { ip_address: 203.0.113.7, bgp_asn: 65001 }, routing: bgp, destination_cidrs: [192.168.0.0/24], tiers: [private] }`;

    expect(told(`vpn_gateway: { amazon_side_asn: 65001 }\n${vpn}`)).toEqual([
      "11:74 tfvars.networking.vpn_connections[x].customer_gateway.bgp_asn: 65001 is the number of the virtual private gateway too, and AWS takes no two alike: name another, or another vpn_gateway.amazon_side_asn where the gateway is not made yet",
    ]);
    expect(told(`vpn_gateway: { id: vgw-0123456789abcdef0 }\n${vpn.replace("65001", "64512")}`)).toEqual([]);
  });
  test.each(["7224", "64511", "65535", "4199999999", "4294967295"])("a gateway's number %s", (asn) => {
    expect(told(`vpn_gateway: { propagation_tiers: [private], amazon_side_asn: ${asn} }`)).toEqual([
      `9:67 tfvars.networking.vpn_gateway.amazon_side_asn: must be a private number: 64512 to 65534, or 4200000000 to 4294967294, got ${asn}`,
    ]);
  });
  test("a number for a gateway that is not made", () => {
    expect(told(`vpn_gateway: { amazon_side_asn: 65001 }`)).toEqual([
      "9:37 tfvars.networking.vpn_gateway.amazon_side_asn: has no effect without vpn_connections that end at it, or propagation_tiers: remove it",
    ]);
  });
  test("people into zones that there are not, and twice", () => {
    expect(
      told(`client_vpn_associations:
  - { name: x, client_vpn_endpoint_id: cvpn-endpoint-0123456789abcdef0, tier: intra, availability_zones: [us-east-1f, us-east-1a, us-east-1a] }
  - { name: y, client_vpn_endpoint_id: cvpn-endpoint-0123456789abcdef0, tier: intra, availability_zones: [us-east-1b] }`),
    ).toEqual([
      '10:111 tfvars.networking.client_vpn_associations[x].availability_zones[0]: "us-east-1f" is not a zone of the cluster\'s network. Its zones: us-east-1a, us-east-1b, us-east-1c',
      "10:135 tfvars.networking.client_vpn_associations[x].availability_zones[2]: names us-east-1a twice: name each once",
      "11:44 tfvars.networking.client_vpn_associations[y].client_vpn_endpoint_id: cvpn-endpoint-0123456789abcdef0 is what x associates already: name all its zones there",
    ]);
  });
});

test("people into subnets that their endpoint does not take", () => {
  const people =
    "client_vpn_associations: [{ name: x, client_vpn_endpoint_id: cvpn-endpoint-0123456789abcdef0, tier: intra, availability_zones: [us-east-1a] }]";

  expect(told(`subnet_prefix_lengths: { intra: 28 }\ninstance_tenancy: dedicated\n${people}`)).toEqual([
    "10:23 tfvars.networking.instance_tenancy: must not be dedicated while client_vpn_associations has any: a Client VPN endpoint takes no subnet of such a VPC. Set default, and dedicated for the groups that need it",
    "11:105 tfvars.networking.client_vpn_associations[x].tier: the intra subnets are a /28, and a Client VPN endpoint takes a /27 at least: take another tier, or a shorter subnet_prefix_lengths.intra",
  ]);
  expect(told(`subnet_prefix_lengths: { intra: 27 }\n${people}`)).toEqual([]);
});

test("a device's number that is AWS's own in the region", () => {
  const vpn =
    "  networking:\n    vpn_connections: [{ name: x, customer_gateway: { ip_address: 203.0.113.7, bgp_asn: 9059 }, routing: bgp, destination_cidrs: [192.168.0.0/24], tiers: [private] }]\n";

  expect(problemsOf({ [FILE]: `${SMALLEST.replace("us-east-1", "eu-west-1")}${vpn}` })).toEqual([
    `${FILE}:9:88 tfvars.networking.vpn_connections[x].customer_gateway.bgp_asn: 9059 is AWS's own in eu-west-1: name the device's, or a private one such as 65000`,
  ]);
});

describe("names", () => {
  test("that two answer", () => {
    expect(
      told(`private_zones:
  - { name: x, domain: in.example.com }
  - { name: y, domain: in.example.com }
resolver_rules:
  - { name: x, domain_name: in.example.com, target_ips: [10.1.0.1, 10.1.0.1] }
  - { name: y, domain_name: in.example.com, target_ips: [10.1.0.1] }`),
    ).toEqual([
      "11:28 tfvars.networking.private_zones[y].domain: in.example.com is the domain of x already: a VPC asks one zone of a name",
      "13:33 tfvars.networking.resolver_rules[x].domain_name: in.example.com is the domain of private_zones[x], which would never be asked: a rule comes first. Keep one of them",
      "13:72 tfvars.networking.resolver_rules[x].target_ips[1]: names 10.1.0.1 twice: name each once",
      "14:33 tfvars.networking.resolver_rules[y].domain_name: in.example.com is forwarded by x already: put all its servers into target_ips of one rule",
      "14:33 tfvars.networking.resolver_rules[y].domain_name: in.example.com is the domain of private_zones[x], which would never be asked: a rule comes first. Keep one of them",
    ]);
  });
  test("that nodes ask AWS for", () => {
    const rest =
      "is AWS's, and its names are answered here from now on: nodes find neither AWS's services nor each other by those that are missing. Take a domain below it";

    expect(
      told(`private_zones:
  - { name: a, domain: amazonaws.com }
  - { name: b, domain: us-east-1.amazonaws.com }
  - { name: c, domain: eu-west-1.compute.internal }
  - { name: d, domain: ec2.internal }
  - { name: e, domain: sts.us-east-1.amazonaws.com }
  - { name: f, domain: example.internal }
resolver_rules:
  - { name: a, domain_name: amazonaws.com.cn, target_ips: [10.1.0.1] }
  - { name: b, domain_name: example.com, target_ips: [10.1.0.1] }`),
    ).toEqual([
      `10:28 warning: tfvars.networking.private_zones[a].domain: amazonaws.com ${rest}`,
      `11:28 warning: tfvars.networking.private_zones[b].domain: us-east-1.amazonaws.com ${rest}`,
      `12:28 warning: tfvars.networking.private_zones[c].domain: eu-west-1.compute.internal ${rest}`,
      `13:28 warning: tfvars.networking.private_zones[d].domain: ec2.internal ${rest}`,
      `17:33 warning: tfvars.networking.resolver_rules[a].domain_name: amazonaws.com.cn ${rest}`,
    ]);
  });
  test("that are associated twice, or are everybody's", () => {
    expect(
      told(`private_zone_associations:
  - { name: x, zone_id: Z0111111EXAMPLE }
  - { name: y, zone_id: Z0222222PRIVATE }
  - { name: z, zone_id: Z0222222PRIVATE }
resolver_rule_associations:
  - { name: x, resolver_rule_id: rslvr-rr-0123456789abcdef0 }
  - { name: y, resolver_rule_id: rslvr-rr-0123456789abcdef0 }`),
    ).toEqual([
      "10:29 tfvars.networking.private_zone_associations[x].zone_id: is the public zone eks.example.com of account production, which everybody may ask: name a private zone",
      "12:29 tfvars.networking.private_zone_associations[z].zone_id: Z0222222PRIVATE is what y associates already: name each zone once",
      "15:38 tfvars.networking.resolver_rule_associations[y].resolver_rule_id: rslvr-rr-0123456789abcdef0 is what x associates already: name each rule once",
    ]);
  });
});

describe("IPv6 of connections", () => {
  const gateway = (cidrs: string, tiers = "private") =>
    `transit_gateway_attachments: [{ name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [], destination_ipv6_cidrs: [${cidrs}], tiers: [${tiers}] }]`;

  test("is written as AWS does", () => {
    expect(told(`ip_family: dual_stack\n${gateway('"2001:DB8::1/32", "2001:db8::", "2001:0db8:0:0::/64"')}`)).toEqual([
      '10:128 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[0]: must be spelled as AWS returns the block: 2001:db8::/32, got "2001:DB8::1/32"',
      '10:146 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[1]: must be an IPv6 CIDR block, such as 2001:db8::/32, got "2001:db8::"',
      '10:160 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[2]: must be spelled as AWS returns the block: 2001:db8::/64, got "2001:0db8:0:0::/64"',
    ]);
  });
  test("is routed where the VPC has it", () => {
    expect(told(gateway('"2001:db8::/32"'))).toEqual([
      "9:128 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[0]: has no effect while ip_family is ipv4: remove it, or set ip_family: dual_stack",
    ]);
  });
  test("has one way to each range, and to the internet", () => {
    expect(
      told(`ip_family: dual_stack
${gateway('"::/0", "2001:db8::/32", "2001:db8::/32"', "private, public")}
vpc_peering_connections: [{ name: y, peer_vpc_id: vpc-01234567, destination_cidrs: [10.9.0.0/16], destination_ipv6_cidrs: ["2001:db8::/32"], tiers: [private], allow_remote_vpc_dns_resolution: false }]`),
    ).toEqual([
      "10:128 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[0]: ::/0 of the tier public leads to the internet gateway already: leave that tier out",
      "10:128 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[0]: ::/0 of the tier private leads to the egress-only gateway already: set egress_only_internet_gateway: false",
      "10:136 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[1]: 2001:db8::/32 is routed to vpc_peering_connections[y] already: a table has one way to a range",
      "10:153 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[2]: 2001:db8::/32 is routed to vpc_peering_connections[y] already: a table has one way to a range",
      "10:153 tfvars.networking.transit_gateway_attachments[x].destination_ipv6_cidrs[2]: names 2001:db8::/32 twice: name each once",
    ]);
  });
});

describe("a VPN at a transit gateway", () => {
  const hub =
    "transit_gateway_attachments: [{ name: hub, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [private] }]";
  const vpn = (more: string) =>
    `${hub}\nvpn_connections: [{ name: x, customer_gateway_id: cgw-01234567, destination_cidrs: [192.168.0.0/20], tiers: [private], ${more} }]`;
  const table = "transit_gateway_route_table_id: tgw-rtb-01234567";

  test.each([
    [
      "that is not attached",
      "routing: bgp, transit_gateway: hubb",
      [
        '10:155 tfvars.networking.vpn_connections[x].transit_gateway: hubb is no item of transit_gateway_attachments. Did you mean "hub"?',
      ],
    ],
    [
      "without a table for its ranges",
      "routing: static, transit_gateway: hub",
      [
        "10:158 tfvars.networking.vpn_connections[x].transit_gateway: needs transit_gateway_route_table_id: where the transit gateway routes destination_cidrs",
      ],
    ],
    [
      "with a table that is not used",
      `routing: bgp, transit_gateway: hub, ${table}`,
      [
        "10:192 tfvars.networking.vpn_connections[x].transit_gateway_route_table_id: has no effect but for static routing at a transit_gateway: remove it",
      ],
    ],
    [
      "with a table and no gateway",
      `routing: static, ${table}`,
      [
        "10:173 tfvars.networking.vpn_connections[x].transit_gateway_route_table_id: has no effect but for static routing at a transit_gateway: remove it",
      ],
    ],
  ])("%s", (_, more, expected) => {
    expect(told(vpn(more))).toEqual(expected);
  });
  test("needs no virtual private gateway, whose number would tell nothing", () => {
    expect(
      told(`${vpn(`routing: static, transit_gateway: hub, ${table}`)}\nvpn_gateway: { amazon_side_asn: 64600 }`),
    ).toEqual([
      "11:37 tfvars.networking.vpn_gateway.amazon_side_asn: has no effect without vpn_connections that end at it, or propagation_tiers: remove it",
    ]);
  });
  test("tables learn once of what is announced, where there are any", () => {
    expect(told("vpn_gateway: { propagation_tiers: [private, private, database], amazon_side_asn: 64600 }")).toEqual([
      "9:49 tfvars.networking.vpn_gateway.propagation_tiers[1]: names private twice: name each once",
      "9:58 tfvars.networking.vpn_gateway.propagation_tiers[2]: the network has no database subnets: leave database out, or add it to subnet_tiers",
    ]);
  });
});

describe("what the control plane's subnets talk to", () => {
  const office = (tiers: string) =>
    `transit_gateway_attachments: [{ name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [${tiers}] }]`;
  const lists = `resolver_rules:
  - { name: a, domain_name: a.example.com, target_ips: [10.60.0.10, 10.61.0.10] }
  - { name: b, domain_name: b.example.com, target_ips: [10.60.0.10], resolver_endpoint_id: rslvr-out-0123456789abcdef0 }`;
  const cluster = `  cluster:
    private_access_cidrs: [10.60.8.0/24, 10.0.0.0/8]
    remote_networks: { node_cidrs: [10.60.16.0/24], pod_cidrs: [10.60.32.0/24] }
`;

  test("has a route there from them", () => {
    const why = "lies behind transit_gateway_attachments[x], and";
    const cure = "from the intra subnets, which have no route there: add intra to the connection's tiers";
    expect(told(`${office("private")}\n${lists}`, cluster)).toEqual([
      `11:61 tfvars.networking.resolver_rules[a].target_ips[0]: 10.60.0.10 ${why} the resolver asks it ${cure}`,
      `14:28 tfvars.cluster.private_access_cidrs[0]: 10.60.8.0/24 ${why} the API answers it ${cure}`,
      `15:37 tfvars.cluster.remote_networks.node_cidrs[0]: 10.60.16.0/24 ${why} the control plane calls it ${cure}`,
      `15:65 tfvars.cluster.remote_networks.pod_cidrs[0]: 10.60.32.0/24 ${why} the control plane calls it ${cure}`,
    ]);
  });
  test.each([
    ["the tier intra has it", office("private, intra")],
    ["they are the private ones", `${office("private")}\nsubnet_tiers: [private, public]`],
  ])("nothing is said where %s", (_what, networking) => {
    expect(told(`${networking}\n${lists}`, cluster)).toEqual([]);
  });
  test.each(["10.50.0.2", "169.254.169.253"])("a rule does not ask the VPC itself at %s", (ip) => {
    expect(
      told(
        `vpc_cidr: 10.50.0.0/16\nresolver_rules: [{ name: a, domain_name: a.example.com, target_ips: [10.50.0.3, ${ip}] }]`,
      ),
    ).toEqual([
      `10:85 tfvars.networking.resolver_rules[a].target_ips[1]: ${ip} is this VPC's own DNS, which would ask itself for ever: name the servers that answer for a.example.com`,
    ]);
  });
});

describe("what AWS names", () => {
  test("is held to its form", () => {
    expect(
      told(
        `transit_gateway_attachments: [{ name: x, transit_gateway_id: my-tgw, destination_cidrs: [10.9.0.1/16], tiers: [privat] }]`,
      ),
    ).toEqual([
      '9:66 tfvars.networking.transit_gateway_attachments[x].transit_gateway_id: must be the id of a transit gateway, such as tgw-0123456789abcdef0, got "my-tgw"',
      '9:94 tfvars.networking.transit_gateway_attachments[x].destination_cidrs[0]: must start at the first address of its block, 10.9.0.0/16, got "10.9.0.1/16"',
      '9:116 tfvars.networking.transit_gateway_attachments[x].tiers[0]: must be one of private, public, intra, database, got "privat"',
    ]);
  });
});

describe("clusters that are peered", () => {
  const cluster = (name: string, region: string, networking: string): string =>
    `${SMALLEST.replace("a.example.com", `${name}.example.com`).replace("us-east-1", region)}  networking:\n${networking.replaceAll(/^/gm, "    ")}\n`;
  const peering = (other: string): string => `vpc_peering_connections:
  - name: peer
    cluster: ${other}.example.com
    tiers: [private]
    peer_tiers: [private]
    allow_remote_vpc_dns_resolution: true`;

  test("need ranges of their own, and one way to each other", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": cluster("a", "us-east-1", `vpc_cidr: 10.1.0.0/16\n${peering("b")}`),
        "clusters/b.example.com.yaml": cluster(
          "b",
          "us-east-1",
          `vpc_cidr: 10.1.128.0/17
transit_gateway_attachments:
  - { name: x, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [10.1.0.0/16], tiers: [private] }
${peering("a")}`,
        ),
      }),
    ).toEqual([
      "clusters/b.example.com.yaml:9:15 tfvars.networking.vpc_cidr: 10.1.128.0/17 overlaps 10.1.0.0/16 of a.example.com (clusters/a.example.com.yaml:9:15), which shares account production; free in account production: 10.0.0.0/17",
      "clusters/b.example.com.yaml:14:18 tfvars.networking.vpc_peering_connections[peer].cluster: a.example.com makes a peering connection with this cluster already, and two VPCs have one: keep it in one of the two files",
      "clusters/b.example.com.yaml:14:18 tfvars.networking.vpc_peering_connections[peer].cluster: 10.1.0.0/16 of a.example.com is routed to transit_gateway_attachments[x] already: a table has one way to a range",
    ]);
  });

  test("let each other in only where their APIs can answer, and are reached as a whole", () => {
    const own = (range: string) => `  cluster: { private_access_cidrs: [${range}] }\n`;
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": `${cluster(
          "a",
          "us-east-1",
          `vpc_cidr: 10.1.0.0/16
${peering("b")}
transit_gateway_attachments:
  - { name: x, transit_gateway_id: tgw-0123456789abcdef0, destination_cidrs: [10.2.128.0/24], tiers: [private] }`,
        )}${own("10.2.0.0/20")}`,
        "clusters/b.example.com.yaml": `${cluster("b", "us-east-1", "vpc_cidr: 10.2.0.0/16")}${own("10.1.0.0/16, 10.0.0.0/8")}`,
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:12:18 tfvars.networking.vpc_peering_connections[peer].cluster: 10.2.128.0/24 is routed to transit_gateway_attachments[x], and lies in 10.2.0.0/16 of b.example.com: that part of its network would not be reached",
      "clusters/a.example.com.yaml:12:18 tfvars.networking.vpc_peering_connections[peer].cluster: private_access_cidrs of a.example.com lets in 10.2.0.0/20 of b.example.com, and the API answers from the intra subnets, which have no route there: add intra to tiers",
      "clusters/a.example.com.yaml:12:18 tfvars.networking.vpc_peering_connections[peer].cluster: private_access_cidrs of b.example.com lets in 10.1.0.0/16 of a.example.com, and the API answers from the intra subnets, which have no route there: add intra to peer_tiers",
    ]);
  });

  const inChina = `id: "444444444444"
state: { bucket: example-state, region: cn-north-1 }
roles:
  deploy: arn:aws-cn:iam::444444444444:role/deploy
  plan: arn:aws-cn:iam::444444444444:role/plan
tfvars:
  cluster:
    access_entries:
      - name: admin
        principal_arn: arn:aws-cn:iam::444444444444:role/admin
        access_policy: AmazonEKSClusterAdminPolicy
`;
  const b = cluster("b", "cn-north-1", "vpc_cidr: 10.2.0.0/16").replace("meta:\n", "meta:\n  ACCOUNT: china\n");

  test("are of one partition", () => {
    const files = {
      "accounts/china.yaml": inChina,
      "clusters/a.example.com.yaml": cluster("a", "us-east-1", peering("b")),
      "clusters/b.example.com.yaml": b,
    };
    const told =
      "clusters/a.example.com.yaml:11:18 tfvars.networking.vpc_peering_connections[peer].cluster: b.example.com is in partition aws-cn, and this cluster in aws: AWS peers within one only";
    expect(problemsOf(files)).toEqual([told]);
    expect(problemsOf(files, { select: "a.example.com" })).toEqual([told]);
  });

  test("have no further ranges in common, and routes go into tables that there are", () => {
    const secondary = "subnet_tiers: [private, pod]\nsecondary_cidr_blocks: [100.64.0.0/16]";
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": cluster(
          "a",
          "us-east-1",
          `vpc_cidr: 10.1.0.0/16\n${secondary}\nnat_gateways: none
interface_endpoints: [ec2, ecr.api, ecr.dkr, eks-auth, sts]
${peering("b").replace("[private]\n    peer_tiers: [private]", "[intra]\n    peer_tiers: [private, database]")}`,
        ),
        "clusters/b.example.com.yaml": cluster(
          "b",
          "us-east-1",
          `vpc_cidr: 10.2.0.0/16\n${secondary}\nnat_gateways: none\ninterface_endpoints: [ec2, ecr.api, ecr.dkr, eks-auth, sts]`,
        ),
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:16:18 tfvars.networking.vpc_peering_connections[peer].cluster: 100.64.0.0/16 of b.example.com overlaps 100.64.0.0/16 of this VPC: AWS peers no VPCs that share addresses",
      "clusters/a.example.com.yaml:16:18 tfvars.networking.vpc_peering_connections[peer].cluster: b.example.com has no database subnets: leave that out of peer_tiers",
      "clusters/a.example.com.yaml:17:17 tfvars.networking.vpc_peering_connections[peer].tiers[0]: the network has no intra subnets: leave intra out, or add it to subnet_tiers",
    ]);
  });

  test("have tables of their own: those of a VPC that exists are not ours", () => {
    const ids = (kind: string) => `{ us-east-1a: subnet-0${kind}000001, us-east-1b: subnet-0${kind}000002 }`;
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": cluster("a", "us-east-1", peering("b")),
        "clusters/b.example.com.yaml": cluster(
          "b",
          "us-east-1",
          `vpc_cidr: 10.2.0.0/16
availability_zones: [us-east-1a, us-east-1b]
existing_vpc: { vpc_id: vpc-01234567, subnet_ids: { private: ${ids("a")} } }`,
        ),
      }),
    ).toEqual([
      "clusters/a.example.com.yaml:11:18 tfvars.networking.vpc_peering_connections[peer].cluster: b.example.com lives in a VPC that exists already, whose route tables are not ours: peer with it by peer_vpc_id",
    ]);
  });

  test("are read with the one that is selected, and their mistakes are told", () => {
    expect(
      problemsOf(
        {
          "accounts/china.yaml": inChina,
          "clusters/a.example.com.yaml": cluster("a", "us-east-1", peering("b")),
          "clusters/b.example.com.yaml": b
            .replace("cn-north-1", "us-east-9")
            .replace("general", "general\n      typo: 1"),
          "clusters/c.example.com.yaml": "meta: [\n",
        },
        { select: "a.example.com" },
      ),
    ).toEqual([
      'clusters/b.example.com.yaml:6:17 tfvars.common.aws_region: unknown region "us-east-9". Did you mean "us-east-1"?',
      expect.stringContaining("clusters/b.example.com.yaml:9:7 tfvars.workers[general].typo: unknown key"),
    ]);
  });
});

test("an existing VPC may be private: what describes one of our own is not asked of it", () => {
  const definition = (more: string) => `meta:
  CLUSTER_NAME: a.example.com
  TIER: production
tfvars:
  common:
    aws_region: us-east-1
  networking:
    private: true
    vpc_cidr: 10.0.0.0/16
    existing_vpc: { vpc_id: vpc-0a1b2c3d4e5f60718, subnet_tags: { private: { A: b }, public: { A: c } } }
  cluster: { k8s_base_domain: eks.example.com }
  workers: [{ name: general }]
${more}`;
  const errors = (more = "") =>
    problemsOf({ "clusters/a.example.com.yaml": definition(more) }).filter((text) => !text.includes("warning"));

  expect(errors()).toEqual([]);
  expect(
    errors("  addons: { cert_manager: { enabled: true, options: { letsencrypt_email: a@example.com } } }\n"),
  ).toEqual([expect.stringContaining("nothing leads there from a private network")]);
});
