import { Network } from "../../../constructs/networking/network";
import type { Networking } from "../../../fleet/model/cluster";
import { clusterOf } from "../../support/cluster";
import { networkProps } from "../../support/props";
import { type Synthesized, synth } from "../../support/synth";

function synthMode(nat_gateways: Networking["nat_gateways"], more: Partial<Networking> = {}) {
  const cluster = clusterOf({ networking: { nat_gateways, ...more } });
  return synth((scope) => new Network(scope, "network", networkProps(cluster)));
}

/** Zone of a private route table -> zone of the NAT gateway it goes out by. */
function waysOut(tf: Synthesized): Record<string, string> {
  const zone = /eu-west-1[a-c]/;
  const routes = Object.values(tf.all("aws_route")).filter((route) => route["nat_gateway_id"] !== undefined);
  return Object.fromEntries(
    routes.map((route) => {
      expect(route["destination_cidr_block"]).toBe("0.0.0.0/0");
      return [String(route["route_table_id"]).match(zone)?.[0], String(route["nat_gateway_id"]).match(zone)?.[0]];
    }),
  );
}

describe("NAT gateways", () => {
  test("none: private subnets have no way out", () => {
    const tf = synthMode("none");

    expect(tf.addresses("aws_nat_gateway")).toEqual([]);
    expect(tf.addresses("aws_eip")).toEqual([]);
    expect(waysOut(tf)).toEqual({});
  });

  test("single: all zones use the gateway of the first zone", () => {
    const tf = synthMode("single");

    expect(tf.addresses("aws_eip")).toHaveLength(1);
    expect(tf.only("aws_eip")).toEqual({ domain: "vpc", tags: { Name: "reference-eks-example-com-eu-west-1a" } });
    expect(tf.only("aws_nat_gateway")).toEqual({
      allocation_id: `\${${tf.addresses("aws_eip")[0]}.allocation_id}`,
      subnet_id: `\${${tf.addresses("aws_subnet").find((address) => address.includes("public-eu-west-1a"))}.id}`,
      tags: { Name: "reference-eks-example-com-eu-west-1a" },
      depends_on: tf.addresses("aws_internet_gateway"),
    });
    expect(waysOut(tf)).toEqual({
      "eu-west-1a": "eu-west-1a",
      "eu-west-1b": "eu-west-1a",
      "eu-west-1c": "eu-west-1a",
    });
  });

  test("per_zone: each zone uses its own gateway", () => {
    const tf = synthMode("per_zone");

    expect(tf.addresses("aws_nat_gateway")).toHaveLength(3);
    expect(waysOut(tf)).toEqual({
      "eu-west-1a": "eu-west-1a",
      "eu-west-1b": "eu-west-1b",
      "eu-west-1c": "eu-west-1c",
    });
    for (const [address, gateway] of Object.entries(tf.all("aws_nat_gateway"))) {
      const zone = address.match(/eu-west-1[a-c]/)?.[0];
      expect(gateway["subnet_id"]).toContain(`public-${zone}`);
      expect(gateway["allocation_id"]).toContain(`${zone}-address`);
    }
  });

  test("regional: all zones use one gateway of the VPC, without public subnets and addresses", () => {
    const tf = synthMode("regional", { subnet_tiers: ["private", "intra"] });

    expect(tf.addresses("aws_eip")).toEqual([]);
    expect(tf.addresses("aws_subnet").filter((address) => address.includes("public"))).toEqual([]);
    expect(tf.only("aws_nat_gateway")).toEqual({
      availability_mode: "regional",
      vpc_id: `\${${tf.addresses("aws_vpc")[0]}.id}`,
      tags: { Name: "reference-eks-example-com" },
      depends_on: tf.addresses("aws_internet_gateway"),
    });
    const gateway = `\${${tf.addresses("aws_nat_gateway")[0]}.id}`;
    expect(Object.values(tf.all("aws_route")).map((route) => route["nat_gateway_id"])).toEqual([
      gateway,
      gateway,
      gateway,
    ]);
  });

  test("regional: public subnets keep their route to the internet gateway", () => {
    expect(synthMode("regional").only("aws_route", "public-internet")["gateway_id"]).toContain("internet-gateway");
  });

  test("regional: listed Elastic IPs are used in the order of the zones", () => {
    const ids = ["eipalloc-00000001", "eipalloc-00000002", "eipalloc-00000003"];
    const tf = synthMode("regional", { nat_gateway_eip_allocation_ids: ids });

    expect(tf.only("aws_nat_gateway")["availability_zone_address"]).toEqual([
      { availability_zone: "eu-west-1a", allocation_ids: ["eipalloc-00000001"] },
      { availability_zone: "eu-west-1b", allocation_ids: ["eipalloc-00000002"] },
      { availability_zone: "eu-west-1c", allocation_ids: ["eipalloc-00000003"] },
    ]);
  });

  test("from per_zone to regional, routes keep their addresses in the state and change in place", () => {
    const routes = synthMode("per_zone").addresses("aws_route");

    expect(synthMode("regional").addresses("aws_route")).toEqual(routes);
  });

  test("from single to per_zone, the existing gateway and tables stay", () => {
    const single = synthMode("single").addresses();

    expect(synthMode("per_zone").addresses()).toEqual(expect.arrayContaining([...single]));
  });
});
