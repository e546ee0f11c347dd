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
});
