import { Network } from "../../../constructs/networking/network";
import type { NetworkRef } from "../../../constructs/networking/network-ref";
import type { Tfvars } from "../../../fleet/model/cluster";
import { clusterOf, type Part } from "../../support/cluster";
import { networkProps } from "../../support/props";
import { synth } from "../../support/synth";

function synthNetwork(networking: Part<Tfvars["networking"]>, cluster: Part<Tfvars["cluster"]> = {}) {
  let ref: NetworkRef | undefined;
  const tf = synth((scope) => {
    ref = new Network(
      scope,
      "network",
      networkProps(clusterOf({ networking: { availability_zones: 2, ...networking }, cluster })),
    ).ref;
  });
  return { tf, ref };
}

const ALL = {
  subnet_tiers: ["private", "public", "intra", "pod", "database"],
  secondary_cidr_blocks: ["100.64.0.0/16"],
} as const;

describe("tiers", () => {
  test("that are added change no address of another subnet", () => {
    const before = synthNetwork({}).tf.addresses();

    expect(synthNetwork({ ...ALL, local_zones: ["eu-west-1-dub-1a"] }).tf.addresses()).toEqual(
      expect.arrayContaining([...before]),
    );
  });

  test("pod subnets are created after their block, and have the route of the nodes in their zone", () => {
    const { tf, ref } = synthNetwork(ALL);
    const [block = ""] = tf.addresses("aws_vpc_ipv4_cidr_block_association");

    expect(tf.only("aws_vpc_ipv4_cidr_block_association")).toEqual({
      vpc_id: "${aws_vpc.network_39EEAA36.id}",
      cidr_block: "100.64.0.0/16",
    });
    expect(tf.only("aws_subnet", "pod-eu-west-1b")).toEqual({
      vpc_id: "${aws_vpc.network_39EEAA36.id}",
      availability_zone: "eu-west-1b",
      cidr_block: "100.64.32.0/19",
      map_public_ip_on_launch: false,
      tags: { Name: "reference-eks-example-com-pod-eu-west-1b" },
      depends_on: [block],
    });
    expect(tf.only("aws_route_table_association", "pod-eu-west-1b")["route_table_id"]).toContain("private-eu-west-1b");
    expect(Object.keys(ref?.subnet_ids.pod ?? {})).toEqual(["eu-west-1a", "eu-west-1b"]);
  });

  test("databases have a subnet group, and no way out", () => {
    const { tf, ref } = synthNetwork(ALL);
    const subnets = tf.addresses("aws_subnet").filter((address) => address.includes("database"));

    expect(tf.only("aws_db_subnet_group")).toEqual({
      name: "reference-eks-example-com-database",
      description: "Subnets for databases of reference-eks-example-com",
      subnet_ids: subnets.map((address) => `\${${address}.id}`),
      tags: { Name: "reference-eks-example-com" },
    });
    expect(tf.addresses("aws_route").filter((address) => address.includes("database"))).toEqual([]);
    expect(ref).toHaveProperty("database_subnet_group_name");
    expect(tf.only("aws_vpc_endpoint")["route_table_ids"]).toContain(
      `\${${tf.addresses("aws_route_table").find((address) => address.includes("database"))}.id}`,
    );
  });

  test("without pod and database subnets there is no resource and no output of them", () => {
    const { tf, ref } = synthNetwork({});

    expect(tf.addresses("aws_db_subnet_group")).toEqual([]);
    expect(Object.keys(ref?.subnet_ids ?? {}).sort()).toEqual(["intra", "private", "public"]);
    expect(ref).not.toHaveProperty("database_subnet_group_name");
  });

  test("the control plane is in private subnets of the region's zones without intra subnets", () => {
    const { tf, ref } = synthNetwork({ subnet_tiers: ["private", "public"], local_zones: ["eu-west-1-dub-1a"] });

    expect(tf.addresses().filter((address) => address.includes("intra"))).toEqual([]);
    expect(Object.keys(ref?.subnet_ids.intra ?? {})).toEqual(["eu-west-1a", "eu-west-1b"]);
    expect(ref?.subnet_ids.intra["eu-west-1a"]).toBe(ref?.subnet_ids.private["eu-west-1a"]);
  });

  test.each([
    ["no public tier", { subnet_tiers: ["private", "intra"], nat_gateways: "none" }],
    ["a private network", { private: true, nat_gateways: "none", ip_family: "dual_stack" }],
  ] as const)("with %s there is no route to the internet", (_what, networking) => {
    const { tf, ref } = synthNetwork(networking);

    for (const type of ["internet_gateway", "egress_only_internet_gateway", "nat_gateway", "eip", "route"])
      expect(tf.addresses(`aws_${type}`)).toEqual([]);
    expect(ref?.subnet_ids.public).toEqual({});
    expect(ref?.route_table_ids.public).toEqual([]);
  });

  test("a local zone has subnets for nodes and load balancers, and uses the gateway of the first zone", () => {
    const { tf, ref } = synthNetwork({ local_zones: ["eu-west-1-dub-1a"], nat_gateways: "per_zone" });

    expect(tf.addresses("aws_subnet").filter((address) => address.includes("dub"))).toHaveLength(2);
    expect(tf.only("aws_route", "private-eu-west-1-dub-1a-nat")["nat_gateway_id"]).toContain("nat_eu-west-1a");
    expect(tf.addresses("aws_nat_gateway")).toHaveLength(2);
    expect(ref?.zones).toEqual(["eu-west-1a", "eu-west-1b"]);
    expect(ref?.subnet_ids.private).toHaveProperty("eu-west-1-dub-1a");
    expect(ref?.subnet_ids.intra).not.toHaveProperty("eu-west-1-dub-1a");
  });

  test("listed Elastic IPs are used in the order of the zones, and none is created", () => {
    const { tf } = synthNetwork({
      nat_gateways: "per_zone",
      nat_gateway_eip_allocation_ids: ["eipalloc-00000001", "eipalloc-00000002"],
    });

    expect(tf.addresses("aws_eip")).toEqual([]);
    expect(Object.values(tf.all("aws_nat_gateway")).map((gateway) => gateway["allocation_id"])).toEqual([
      "eipalloc-00000001",
      "eipalloc-00000002",
    ]);
  });

  test.each([
    ["private", {}, "10.0.8.0/21"],
    ["pod", ALL, "100.64.16.0/20"],
  ] as const)(
    "the upper half of a %s subnet is reserved for prefixes if the definition sets it",
    (tier, more, half) => {
      const vpc_cni = { prefix_delegation: true, reserve_prefixes: true };
      const { tf } = synthNetwork(more, { vpc_cni });
      const subnet = tf.addresses("aws_subnet").find((address) => address.includes(`${tier}-eu-west-1a`));

      expect(tf.addresses("aws_ec2_subnet_cidr_reservation")).toHaveLength(2);
      expect(tf.only("aws_ec2_subnet_cidr_reservation", "eu-west-1a")).toEqual({
        subnet_id: `\${${subnet}.id}`,
        cidr_block: half,
        reservation_type: "prefix",
        description: "Prefixes of the VPC CNI",
      });
      expect(synthNetwork(more).tf.addresses("aws_ec2_subnet_cidr_reservation")).toEqual([]);
    },
  );
});

describe.each(["dual_stack", "ipv6"] as const)("%s", (ip_family) => {
  test("the VPC has a block of Amazon, and every subnet its own /64", () => {
    const { tf } = synthNetwork({ ip_family, subnet_tiers: ["private", "public", "intra", "database"] });
    const blocks = Object.values(tf.all("aws_subnet")).map((subnet) => subnet["ipv6_cidr_block"]);

    expect(tf.only("aws_vpc")["assign_generated_ipv6_cidr_block"]).toBe(true);
    expect(tf.only("aws_subnet", "public-eu-west-1b")).toMatchObject({
      ipv6_cidr_block: "${cidrsubnet(aws_vpc.network_39EEAA36.ipv6_cidr_block, 8, 33)}",
      assign_ipv6_address_on_creation: true,
      enable_resource_name_dns_aaaa_record_on_launch: true,
    });
    expect(new Set(blocks).size).toBe(8);
  });

  test("public subnets use the internet gateway, and private ones the egress-only gateway", () => {
    const { tf } = synthNetwork({ ip_family });

    expect(tf.only("aws_route", "public-internet-ipv6")).toEqual({
      route_table_id: expect.stringContaining("routes_public"),
      destination_ipv6_cidr_block: "::/0",
      gateway_id: `\${${tf.addresses("aws_internet_gateway")[0]}.id}`,
    });
    expect(tf.only("aws_route", "private-eu-west-1a-egress-only")).toEqual({
      route_table_id: expect.stringContaining("private-eu-west-1a"),
      destination_ipv6_cidr_block: "::/0",
      egress_only_gateway_id: `\${${tf.addresses("aws_egress_only_internet_gateway")[0]}.id}`,
    });
  });

  test("without the egress-only gateway private subnets have no IPv6 route to the internet", () => {
    const { tf } = synthNetwork({ ip_family, egress_only_internet_gateway: false });

    expect(tf.addresses("aws_egress_only_internet_gateway")).toEqual([]);
    expect(tf.addresses("aws_route").filter((address) => address.includes("egress-only"))).toEqual([]);
  });
});

test("an IPv4 network has no IPv6 setting", () => {
  expect(synthNetwork({}).tf.text).not.toMatch(/ipv6|egress/);
});
