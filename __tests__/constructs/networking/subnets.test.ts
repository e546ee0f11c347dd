import { Subnets } from "../../../constructs/networking/subnets";
import { synth } from "../../support/synth";

const ranges = [{ zone: "eu-west-1a", public: "10.0.128.0/24", private: "10.0.0.0/20", intra: "10.0.192.0/24" }];

function synthSubnets() {
  return synth((scope) => new Subnets(scope, "subnets", { slug: "demo", vpcId: "vpc-1", ranges }));
}

describe("Subnets", () => {
  test("public ones give out public addresses, and internet-facing load balancers find them", () => {
    expect(synthSubnets().only("aws_subnet", "public")).toEqual({
      vpc_id: "vpc-1",
      availability_zone: "eu-west-1a",
      cidr_block: "10.0.128.0/24",
      map_public_ip_on_launch: true,
      tags: { Name: "demo-public-eu-west-1a", "kubernetes.io/role/elb": "1" },
    });
  });

  test("private ones are found by internal load balancers and by Karpenter", () => {
    expect(synthSubnets().only("aws_subnet", "private")).toEqual({
      vpc_id: "vpc-1",
      availability_zone: "eu-west-1a",
      cidr_block: "10.0.0.0/20",
      map_public_ip_on_launch: false,
      tags: {
        Name: "demo-private-eu-west-1a",
        "kubernetes.io/role/internal-elb": "1",
        "karpenter.sh/discovery": "demo",
      },
    });
  });

  test("nothing finds the control plane's", () => {
    expect(synthSubnets().only("aws_subnet", "intra")).toEqual({
      vpc_id: "vpc-1",
      availability_zone: "eu-west-1a",
      cidr_block: "10.0.192.0/24",
      map_public_ip_on_launch: false,
      tags: { Name: "demo-intra-eu-west-1a" },
    });
  });
});
