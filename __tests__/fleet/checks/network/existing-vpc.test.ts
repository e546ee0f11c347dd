import { problemsOf, SMALLEST } from "../../../support/definitions";

const FILE = "clusters/a.example.com.yaml";

/** What is said of keys under `networking` of a cluster in a VPC that exists; without the file they stand in. */
function told(networking: string): string[] {
  return problemsOf({ [FILE]: `${SMALLEST}  networking:\n${networking.replaceAll(/^/gm, "    ")}\n` }).map((problem) =>
    problem.replace(`${FILE}:`, ""),
  );
}

const VPC = `availability_zones: [us-east-1a, us-east-1b]
existing_vpc:
  vpc_id: vpc-0123456789abcdef0
  subnet_tags: { private: { Tier: private } }
`;

describe("what is added to an existing VPC", () => {
  test("only where that is said", () => {
    expect(
      told(`${VPC}interface_endpoints: [sts]
private_zones: [{ name: a, domain: a.example.com }]`),
    ).toEqual([
      "13:26 tfvars.networking.interface_endpoints: has no effect: the network is an existing VPC, which is left as it is. Remove it, or set existing_vpc.add_endpoints: true",
      "14:20 tfvars.networking.private_zones: has no effect: the network is an existing VPC, which is left as it is. Remove it, or set existing_vpc.add_connections: true",
    ]);
  });
  test("is something", () => {
    expect(
      told(`${VPC}  add_connections: true
  add_endpoints: true
  route_table_ids: { private: [rtb-01234567, rtb-01234567] }
gateway_endpoints: []`),
    ).toEqual([
      "13:24 tfvars.networking.existing_vpc.add_connections: has no effect: no connection is listed. Remove it, or list one",
      "14:22 tfvars.networking.existing_vpc.add_endpoints: has no effect: no endpoint is listed. Remove it, or list one",
      "15:50 tfvars.networking.existing_vpc.route_table_ids.private[1]: names rtb-01234567 twice: name each once",
    ]);
  });
  test("is routed by its tables", () => {
    expect(told(`${VPC}  route_table_ids: { private: [rtb-01234567] }`)).toEqual([
      "13:24 tfvars.networking.existing_vpc.route_table_ids: has no effect: nothing is routed by them without add_connections or add_endpoints. Remove it",
    ]);
  });
  test("needs tables, and subnets", () => {
    expect(
      told(`${VPC}  add_connections: true
  add_endpoints: true
gateway_endpoints: [s3, dynamodb]
transit_gateway_attachments: [{ name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [private, intra] }]
client_vpn_associations: [{ name: x, client_vpn_endpoint_id: cvpn-endpoint-01234567, tier: public, availability_zones: [us-east-1a] }]`),
    ).toEqual([
      "14:22 tfvars.networking.existing_vpc.add_endpoints: needs route_table_ids: gateway endpoints (s3, dynamodb) are routes in them. List the tables, or set gateway_endpoints: []",
      "16:123 tfvars.networking.transit_gateway_attachments[x].tiers[0]: needs the route tables of the private subnets: list them in existing_vpc.route_table_ids.private, or leave private out",
      "16:132 tfvars.networking.transit_gateway_attachments[x].tiers[1]: needs the route tables of the intra subnets: list them in existing_vpc.route_table_ids.intra, or leave intra out",
      "17:96 tfvars.networking.client_vpn_associations[x].tier: the network has no public subnets. List them in existing_vpc.subnet_ids.public or existing_vpc.subnet_tags.public, or use another tier",
    ]);
  });
  test("is nothing in a VPC of our own", () => {
    expect(told(`existing_vpc: { add_endpoints: true }`)).toEqual([
      "9:19 tfvars.networking.existing_vpc: names subnets and no VPC: set vpc_id or vpc_tags, or remove it",
    ]);
  });
});

test("a subnet that is refused is not told a second time as one that is missing", () => {
  expect(
    told(`availability_zones: [us-east-1a, us-east-1b]
existing_vpc:
  vpc_id: vpc-0123456789abcdef0
  subnet_ids:
    private: { us-east-1a: [subnet-01234567, subnet-12345678], us-east-1b: subnet-23456789 }`),
  ).toEqual(["13:32 tfvars.networking.existing_vpc.subnet_ids.private.us-east-1a: must be text, got a list"]);
});

test("what two clusters change of one VPC holds for both", () => {
  const guest = (name: string, range: string, subnet: string): string =>
    `${SMALLEST.replace("a.example.com", name)}  networking:
    vpc_cidr: ${range}
    existing_vpc: { vpc_id: vpc-0a1b2c3d, subnet_tags: { private: { Tier: ${subnet} } }, add_subnet_tags: [karpenter.sh/discovery] }
`;
  expect(
    problemsOf({
      "clusters/a.example.com.yaml": guest("a.example.com", "10.1.0.0/16", "app"),
      "clusters/b.example.com.yaml": guest("b.example.com", "10.1.0.0/16", "app"),
      "clusters/c.example.com.yaml": guest("c.example.com", "10.1.0.0/16", "own"),
    }),
  ).toEqual([
    "clusters/b.example.com.yaml:10:102 tfvars.networking.existing_vpc.add_subnet_tags[0]: karpenter.sh/discovery is put on the same subnets by a.example.com, with another value: one of the two clusters has it. Remove it from one",
  ]);
});

test("two clusters do not add one thing to one VPC", () => {
  const guest = (name: string, services: string): string =>
    `${SMALLEST.replace("a.example.com", name)}  networking:
    vpc_cidr: 10.1.0.0/16
    existing_vpc:
      vpc_id: vpc-0a1b2c3d
      subnet_tags: { private: { Layer: app } }
      route_table_ids: { private: [rtb-01234567] }
      add_endpoints: true
      add_connections: true
    gateway_endpoints: [s3]
    interface_endpoints: ${services}
    transit_gateway_attachments:
      - { name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [private] }
`;
  expect(
    problemsOf({
      "clusters/a.example.com.yaml": guest("a.example.com", "[sts, sqs]"),
      "clusters/b.example.com.yaml": guest("b.example.com", "[sqs, ssm]"),
    }),
  ).toEqual([
    "clusters/b.example.com.yaml:14:22 tfvars.networking.existing_vpc.add_endpoints: a.example.com adds endpoints of sqs, s3 to the same VPC, which has one of each: let one of the two clusters add them",
    "clusters/b.example.com.yaml:19:40 tfvars.networking.transit_gateway_attachments[x].transit_gateway_id: a.example.com attaches the same VPC to tgw-01234567 already: let one of the two clusters do it",
  ]);
});
