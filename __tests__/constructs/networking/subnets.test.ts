import { Subnets } from "../../../constructs/networking/subnets";
import { synth } from "../../support/synth";

const ranges = [{ zone: "eu-west-1a", public: "10.0.128.0/24", private: "10.0.0.0/20", intra: "10.0.192.0/24" }];

const tags = { private: { Layer: "app" }, public: {}, intra: {}, pod: {}, database: {} };
const props = { tags, slug: "demo", vpcId: "vpc-1", ranges, localZones: [], secondaryBlocks: [], hostnameType: null };

function synthSubnets() {
  return synth((scope) => new Subnets(scope, "subnets", { ...props, mapPublicIp: false }));
}

describe("Subnets", () => {
  test("public ones have the tag for internet-facing load balancers, and assign public addresses only if it is set", () => {
    expect(synthSubnets().only("aws_subnet", "public")).toEqual({
      vpc_id: "vpc-1",
      availability_zone: "eu-west-1a",
      cidr_block: "10.0.128.0/24",
      map_public_ip_on_launch: false,
      tags: { Name: "demo-public-eu-west-1a", "kubernetes.io/role/elb": "1" },
    });
    const tf = synth((scope) => new Subnets(scope, "subnets", { ...props, mapPublicIp: true }));
    for (const [address, subnet] of Object.entries(tf.all("aws_subnet"))) {
      expect(subnet["map_public_ip_on_launch"]).toBe(address.includes("public"));
    }
  });

  test("private ones have the tags for internal load balancers and Karpenter, and the definition's tags", () => {
    expect(synthSubnets().only("aws_subnet", "private")).toEqual({
      vpc_id: "vpc-1",
      availability_zone: "eu-west-1a",
      cidr_block: "10.0.0.0/20",
      map_public_ip_on_launch: false,
      tags: {
        Name: "demo-private-eu-west-1a",
        "kubernetes.io/role/internal-elb": "1",
        "karpenter.sh/discovery": "demo",
        Layer: "app",
      },
    });
  });

  test("those of the control plane have no discovery tag", () => {
    expect(synthSubnets().only("aws_subnet", "intra")).toEqual({
      vpc_id: "vpc-1",
      availability_zone: "eu-west-1a",
      cidr_block: "10.0.192.0/24",
      map_public_ip_on_launch: false,
      tags: { Name: "demo-intra-eu-west-1a" },
    });
  });

  test("those of a local zone have no discovery tag, because load balancers cannot be in zones of both kinds", () => {
    const tf = synth(
      (scope) => new Subnets(scope, "subnets", { ...props, mapPublicIp: false, localZones: ["eu-west-1a"] }),
    );

    expect(Object.values(tf.all("aws_subnet")).map(({ tags }) => tags)).toEqual([
      { Name: "demo-intra-eu-west-1a" },
      { Name: "demo-private-eu-west-1a", Layer: "app" },
      { Name: "demo-public-eu-west-1a" },
    ]);
  });

  test("have the definition's type of host names", () => {
    const tf = synth(
      (scope) => new Subnets(scope, "subnets", { ...props, mapPublicIp: false, hostnameType: "resource-name" }),
    );

    for (const subnet of Object.values(tf.all("aws_subnet"))) {
      expect(subnet["private_dns_hostname_type_on_launch"]).toBe("resource-name");
    }
  });
});
