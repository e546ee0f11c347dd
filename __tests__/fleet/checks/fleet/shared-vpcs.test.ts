import { definition } from "../../../support/definition";
import { problemsOf } from "../../../support/definitions";

const guest = (name: string, existing: string, networking = ""): string =>
  definition(
    {
      networking: `vpc_cidr: 10.1.0.0/16
existing_vpc: { vpc_id: vpc-0a1b2c3d, ${existing} }
${networking}`,
    },
    `${name}.example.com`,
  );

describe("two clusters in one existing VPC", () => {
  test("do not tag the same subnets for Karpenter", () => {
    const tagging = (name: string, layer: string): string =>
      guest(name, `subnet_tags: { private: { Layer: ${layer} } }, add_subnet_tags: [karpenter.sh/discovery]`);

    expect(
      problemsOf({
        "clusters/a.example.com.yaml": tagging("a", "app"),
        "clusters/b.example.com.yaml": tagging("b", "app"),
        "clusters/c.example.com.yaml": tagging("c", "own"),
      }),
    ).toEqual([
      "clusters/b.example.com.yaml:10:103 tfvars.networking.existing_vpc.add_subnet_tags[0]: a.example.com sets another value of karpenter.sh/discovery on the same subnets. Remove it from one of the two clusters",
    ]);
  });

  test("do not add the same endpoint, or attach the VPC to a transit gateway twice", () => {
    const adding = (name: string, services: string): string =>
      guest(
        name,
        "subnet_tags: { private: { Layer: app } }, route_table_ids: { private: [rtb-01234567] }, add_endpoints: true, add_connections: true",
        `gateway_endpoints: [s3]
interface_endpoints: ${services}
transit_gateway_attachments:
  - { name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [private] }`,
      );

    expect(
      problemsOf({
        "clusters/a.example.com.yaml": adding("a", "[sts, sqs]"),
        "clusters/b.example.com.yaml": adding("b", "[sqs, ssm]"),
      }),
    ).toEqual([
      "clusters/b.example.com.yaml:10:146 tfvars.networking.existing_vpc.add_endpoints: a.example.com already adds endpoints of sqs, s3 to this VPC, which has one of each. Remove them from one of the two clusters",
      "clusters/b.example.com.yaml:14:40 tfvars.networking.transit_gateway_attachments[x].transit_gateway_id: a.example.com already attaches this VPC to tgw-01234567. Remove it from one of the two clusters",
    ]);
  });

  const CONNECTED = "subnet_tags: { private: { Layer: app } }, route_table_ids: { private: [rtb-01234567] }";
  const HUB = `transit_gateway_attachments:
  - { name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [private] }`;

  test("can add different endpoints, and one of them the connection", () => {
    expect(
      problemsOf({
        "clusters/a.example.com.yaml": guest("a", `${CONNECTED}, add_endpoints: true`, "interface_endpoints: [sts]"),
        "clusters/b.example.com.yaml": guest(
          "b",
          `${CONNECTED}, add_endpoints: true, add_connections: true`,
          `gateway_endpoints: []\ninterface_endpoints: [sqs]\n${HUB}`,
        ),
        "clusters/c.example.com.yaml": guest("c", "subnet_tags: { private: { Layer: app } }"),
      }),
    ).toEqual([]);
  });

  test("can attach the VPC to two transit gateways", () => {
    const attached = `${CONNECTED}, add_connections: true`;

    expect(
      problemsOf({
        "clusters/a.example.com.yaml": guest("a", attached, HUB),
        "clusters/b.example.com.yaml": guest("b", attached, HUB.replaceAll("01234567", "12345678")),
      }),
    ).toEqual([]);
  });

  test("can add the same gateway endpoint to different route tables", () => {
    const adding = (name: string, table: string): string =>
      guest(name, `${CONNECTED.replace("rtb-01234567", table)}, add_endpoints: true`, "gateway_endpoints: [s3]");

    expect(
      problemsOf({
        "clusters/a.example.com.yaml": adding("a", "rtb-01234567"),
        "clusters/b.example.com.yaml": adding("b", "rtb-12345678"),
      }),
    ).toEqual([]);
  });

  test("do not add the same gateway endpoint to one of several route tables", () => {
    const adding = (name: string, tables: string): string =>
      guest(name, `${CONNECTED.replace("rtb-01234567", tables)}, add_endpoints: true`, "gateway_endpoints: [s3]");

    expect(
      problemsOf({
        "clusters/a.example.com.yaml": adding("a", "rtb-01234567"),
        "clusters/b.example.com.yaml": adding("b", "rtb-01234567, rtb-12345678"),
      }),
    ).toEqual([
      "clusters/b.example.com.yaml:10:160 tfvars.networking.existing_vpc.add_endpoints: a.example.com already adds endpoints of s3 to this VPC, which has one of each. Remove them from one of the two clusters",
    ]);
  });

  test("find the same subnets by tags in any order", () => {
    const tagging = (name: string, tags: string): string =>
      guest(name, `subnet_tags: { private: { ${tags} } }, add_subnet_tags: [karpenter.sh/discovery]`);

    expect(
      problemsOf({
        "clusters/a.example.com.yaml": tagging("a", "Layer: app, Team: x"),
        "clusters/b.example.com.yaml": tagging("b", "Team: x, Layer: app"),
      }),
    ).toHaveLength(1);
  });

  test("can use subnets with other ids, even if one has the tag for Karpenter", () => {
    const subnets = (name: string, digit: number, more = ""): string =>
      guest(
        name,
        `subnet_ids: { private: { us-east-1a: subnet-0123456${digit}, us-east-1b: subnet-1123456${digit} } }${more}`,
        "availability_zones: [us-east-1a, us-east-1b]",
      );
    const tagging = ", add_subnet_tags: [karpenter.sh/discovery]";

    expect(
      problemsOf({
        "clusters/a.example.com.yaml": subnets("a", 1, tagging),
        "clusters/b.example.com.yaml": subnets("b", 2, tagging),
        "clusters/c.example.com.yaml": subnets("c", 1),
      }),
    ).toEqual([]);
  });

  test("do not tag a subnet that both list for Karpenter", () => {
    const subnets = (name: string, second: string): string =>
      guest(
        name,
        `subnet_ids: { private: { us-east-1a: subnet-01234567, us-east-1b: ${second} } }, add_subnet_tags: [karpenter.sh/discovery]`,
        "availability_zones: [us-east-1a, us-east-1b]",
      );

    expect(
      problemsOf({
        "clusters/a.example.com.yaml": subnets("a", "subnet-11234567"),
        "clusters/b.example.com.yaml": subnets("b", "subnet-21234567"),
      }),
    ).toEqual([
      "clusters/b.example.com.yaml:10:148 tfvars.networking.existing_vpc.add_subnet_tags[0]: a.example.com sets another value of karpenter.sh/discovery on the same subnets. Remove it from one of the two clusters",
    ]);
  });

  test("are reported with every earlier cluster, not only with the first", () => {
    const adding = (name: string, service: string): string =>
      guest(name, `${CONNECTED}, add_endpoints: true`, `gateway_endpoints: []\ninterface_endpoints: [${service}]`);

    expect(
      problemsOf({
        "clusters/c.example.com.yaml": adding("c", "sqs"),
        "clusters/b.example.com.yaml": adding("b", "sqs"),
        "clusters/a.example.com.yaml": adding("a", "sts"),
      }),
    ).toEqual([
      expect.stringContaining(
        "clusters/c.example.com.yaml:10:146 tfvars.networking.existing_vpc.add_endpoints: b.example.com already",
      ),
    ]);
  });

  test("report nothing about endpoints if an addon that may require some was refused", () => {
    const adding = (name: string, addons = {}): string =>
      definition(
        {
          networking: `vpc_cidr: 10.1.0.0/16
existing_vpc: { vpc_id: vpc-0a1b2c3d, ${CONNECTED}, add_endpoints: true }
interface_endpoints: [sts]
private: true`,
          ...addons,
        },
        `${name}.example.com`,
      );

    const problems = problemsOf({
      "clusters/a.example.com.yaml": adding("a", { addons: "external_secrets: { enabled: true, options: 5 }" }),
      "clusters/b.example.com.yaml": adding("b"),
    });
    expect(problems.filter((problem) => !problem.includes("warning:"))).toEqual([
      "clusters/a.example.com.yaml:14:49 tfvars.addons.external_secrets.options: must be a map of keys, got 5",
    ]);
  });
});

describe("a cluster in the VPC that another cluster creates", () => {
  const files = (endpoints: string, networking: string) => ({
    "clusters/b.example.com.yaml": definition(
      { networking: `interface_endpoints: [sts]\n${networking}` },
      "b.example.com",
    ),
    "clusters/a.example.com.yaml": definition(
      {
        networking: `existing_vpc: { vpc_tags: { Cluster: b.example.com }, subnet_tags: { private: { Layer: app } }, route_table_ids: { private: [rtb-01234567] }, add_endpoints: true, add_connections: true }
gateway_endpoints: []
interface_endpoints: [${endpoints}]
${networking}
vpc_cidr: 10.0.0.0/16`,
      },
      "a.example.com",
    ),
  });
  const hub = `transit_gateway_attachments:
  - { name: x, transit_gateway_id: tgw-01234567, destination_cidrs: [10.60.0.0/16], tiers: [private] }`;

  test("does not add an endpoint or an attachment that the VPC has", () => {
    expect(problemsOf(files("sts", hub))).toEqual([
      "clusters/a.example.com.yaml:9:162 tfvars.networking.existing_vpc.add_endpoints: b.example.com already adds endpoints of sts to this VPC, which has one of each. Remove them from one of the two clusters",
      "clusters/a.example.com.yaml:13:40 tfvars.networking.transit_gateway_attachments[x].transit_gateway_id: b.example.com already attaches this VPC to tgw-01234567. Remove it from one of the two clusters",
    ]);
  });
});
