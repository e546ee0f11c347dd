import { ExistingNetwork } from "../../../constructs/networking/existing-network";
import type { NetworkRef } from "../../../constructs/networking/network-ref";
import type { Networking } from "../../../fleet/model/cluster";
import { clusterOf, type Part } from "../../support/cluster";
import { networkProps } from "../../support/props";
import { type Block, synth } from "../../support/synth";

const IDS = { "eu-west-1a": "subnet-0000000a", "eu-west-1b": "subnet-0000000b" };

function synthExisting(existing_vpc: Part<Networking["existing_vpc"]>, networking: Part<Networking> = {}) {
  const cluster = clusterOf({ networking: { availability_zones: 2, ...networking, existing_vpc } });
  let ref: NetworkRef | undefined;
  const tf = synth((scope) => {
    ref = new ExistingNetwork(scope, "network", networkProps(cluster)).ref;
  });
  const data = (tf.at("data") ?? {}) as Readonly<Record<string, Readonly<Record<string, Block>>>>;
  const found = (type: string, part: string): Block | undefined => {
    const { "//": _, ...block } = Object.entries(data[type] ?? {}).find(([id]) => id.includes(part))?.[1] ?? {};
    return block;
  };
  return { tf, ref, found, subnets: Object.keys(data["aws_subnet"] ?? {}) };
}

describe("an existing VPC", () => {
  test("is looked up by its id, and has the definition's range", () => {
    const { tf, found, ref } = synthExisting({ vpc_id: "vpc-0a1b2c3d", subnet_ids: { private: IDS } });

    expect(found("aws_vpc", "vpc")).toEqual({ id: "vpc-0a1b2c3d", cidr_block: "10.0.0.0/16" });
    expect(tf.addresses()).toEqual([]);
    expect(ref?.vpc_cidr_block).toBe("10.0.0.0/16");
    expect(ref?.zones).toEqual(["eu-west-1a", "eu-west-1b"]);
    expect(ref?.route_table_ids).toEqual({ private: [], public: [], intra: [] });
  });

  test("has the control plane in public subnets if it has no private ones", () => {
    const { ref } = synthExisting({ vpc_id: "vpc-0a1b2c3d", subnet_ids: { public: IDS } });

    expect(Object.keys(ref?.subnet_ids.intra ?? {})).toEqual(["eu-west-1a", "eu-west-1b"]);
    expect(ref?.subnet_ids.intra).toEqual(ref?.subnet_ids.public);
  });

  test("is looked up by its tags", () => {
    const { found } = synthExisting({ vpc_tags: { Name: "shared" }, subnet_ids: { private: IDS } });

    expect(found("aws_vpc", "vpc")).toEqual({ tags: { Name: "shared" }, cidr_block: "10.0.0.0/16" });
  });

  test("has subnets by id, and the plan checks their VPC and zone", () => {
    const { found, subnets } = synthExisting({ vpc_id: "vpc-0a1b2c3d", subnet_ids: { private: IDS } });

    expect(subnets).toHaveLength(2);
    expect(found("aws_subnet", "private-eu-west-1b")).toEqual({
      id: "subnet-0000000b",
      availability_zone: "eu-west-1b",
      vpc_id: expect.stringMatching(/^\$\{data\.aws_vpc\.[\w-]+\.id\}$/),
    });
  });

  test("has subnets by tags, one for each listed zone, and none on an Outpost", () => {
    const { found, subnets } = synthExisting({
      vpc_id: "vpc-0a1b2c3d",
      subnet_tags: { private: { Tier: "app" }, public: { Tier: "edge" } },
    });

    expect(subnets).toHaveLength(4);
    expect(found("aws_subnet", "public-eu-west-1a")).toEqual({
      tags: { Tier: "edge" },
      availability_zone: "eu-west-1a",
      vpc_id: expect.any(String),
      lifecycle: {
        postcondition: [
          {
            condition: "${try(length(self.outpost_arn), 0) == 0}",
            error_message:
              "The public subnet that tags find in eu-west-1a is on an Outpost: name it in existing_vpc.subnet_ids if it is meant.",
          },
        ],
      },
    });
  });

  test("has the control plane in private subnets without intra ones, but never in a local zone", () => {
    const { ref } = synthExisting(
      { vpc_id: "vpc-0a1b2c3d", subnet_tags: { private: { Tier: "app" } } },
      { local_zones: ["eu-west-1-dub-1a"] },
    );

    expect(Object.keys(ref?.subnet_ids.private ?? {})).toEqual(["eu-west-1a", "eu-west-1b", "eu-west-1-dub-1a"]);
    expect(Object.keys(ref?.subnet_ids.intra ?? {})).toEqual(["eu-west-1a", "eu-west-1b"]);
    expect(ref?.subnet_ids.public).toEqual({});
    expect(ref?.subnet_ids.pod).toBeUndefined();
  });

  test("has subnets for pods and databases under the same names as a new network", () => {
    const { ref } = synthExisting({
      vpc_id: "vpc-0a1b2c3d",
      subnet_ids: { private: IDS },
      subnet_tags: { pod: { Tier: "pods" }, database: { Tier: "data" } },
    });

    expect(Object.keys(ref?.subnet_ids.pod ?? {})).toEqual(["eu-west-1a", "eu-west-1b"]);
    expect(Object.keys(ref?.subnet_ids.database ?? {})).toEqual(["eu-west-1a", "eu-west-1b"]);
  });

  test("has route tables under their listed tiers, and each gateway endpoint in each table once if it is enabled", () => {
    const asked = {
      vpc_id: "vpc-0a1b2c3d",
      subnet_ids: { private: IDS },
      route_table_ids: { private: ["rtb-00000001", "rtb-00000002"], intra: ["rtb-00000002"] },
    };
    const { found, ref } = synthExisting(asked);
    const { tf } = synthExisting({ ...asked, add_endpoints: true });

    expect(ref?.route_table_ids).toEqual({
      public: [],
      private: ["rtb-00000001", "rtb-00000002"],
      intra: ["rtb-00000002"],
    });
    expect(found("aws_route_table", "rtb-00000002")).toEqual({
      route_table_id: "rtb-00000002",
      vpc_id: expect.stringMatching(/^\$\{data\.aws_vpc\.[\w-]+\.id\}$/),
    });
    expect(tf.only("aws_vpc_endpoint")).toMatchObject({
      service_name: "com.amazonaws.eu-west-1.s3",
      route_table_ids: ["rtb-00000001", "rtb-00000002"],
    });
  });

  test("outputs the ranges of pod subnets, which may be in any block", () => {
    const cluster = clusterOf({
      networking: {
        availability_zones: 2,
        existing_vpc: { vpc_id: "vpc-0a1b2c3d", subnet_ids: { private: IDS }, subnet_tags: { pod: { Tier: "pods" } } },
      },
    });
    let ranges: Readonly<Record<string, string>> = {};
    synth((scope) => {
      ranges = new ExistingNetwork(scope, "network", networkProps(cluster)).podRanges;
    });

    expect(Object.keys(ranges)).toEqual(["eu-west-1a", "eu-west-1b"]);
  });

  test("must have IPv6 blocks for an IPv6 cluster", () => {
    const { found } = synthExisting({ vpc_id: "vpc-0a1b2c3d", subnet_ids: { private: IDS } }, { ip_family: "ipv6" });

    expect(found("aws_subnet", "private-eu-west-1a")?.["lifecycle"]).toEqual({
      postcondition: [
        {
          condition: "${try(length(self.ipv6_cidr_block), 0) > 0}",
          error_message: "The private subnet in eu-west-1a has no IPv6 block, which ip_family ipv6 needs.",
        },
      ],
    });
  });

  test("has the definition's tags on its subnets, and none in a local zone", () => {
    const { tf } = synthExisting(
      {
        vpc_id: "vpc-0a1b2c3d",
        subnet_ids: { private: { ...IDS, "eu-west-1-dub-1a": "subnet-0000000c" }, public: IDS },
        add_subnet_tags: ["kubernetes.io/role/elb", "karpenter.sh/discovery"],
      },
      { local_zones: ["eu-west-1-dub-1a"] },
    );
    const tags = Object.values(tf.all("aws_ec2_tag")).map(({ key, value, resource_id }) => [
      String(resource_id)
        .match(/network_(private|public)-(eu-west-1(?:[ab]|-dub-1a))_/)
        ?.slice(1)
        .join(" "),
      `${key}=${value}`,
    ]);

    expect(tags.sort()).toEqual([
      ["private eu-west-1a", "karpenter.sh/discovery=reference-eks-example-com"],
      ["private eu-west-1b", "karpenter.sh/discovery=reference-eks-example-com"],
      ["public eu-west-1a", "kubernetes.io/role/elb=1"],
      ["public eu-west-1b", "kubernetes.io/role/elb=1"],
    ]);
  });
});
