import { Routing } from "../../../constructs/networking/routing";
import { network } from "../../support/cluster";
import { synth } from "../../support/synth";

function synthRouting() {
  return synth(
    (scope) =>
      new Routing(scope, "routes", {
        slug: "demo",
        vpcId: "vpc-1",
        subnetIds: network.subnet_ids,
        internetGatewayId: "igw-1",
        ipv6: false,
        natGatewayIds: { "eu-west-1a": "nat-1" },
      }),
  );
}

describe("Routing", () => {
  test("public subnets use the internet gateway", () => {
    const tf = synthRouting();
    const [table] = tf.addresses("aws_route_table").filter((address) => address.includes("public"));

    expect(tf.only("aws_route", "internet")).toEqual({
      route_table_id: `\${${table}.id}`,
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "igw-1",
    });
  });

  test("a zone without a NAT gateway has no route to the internet, and intra subnets never have one", () => {
    expect(synthRouting().addresses("aws_route")).toEqual([
      expect.stringContaining("private-eu-west-1a-nat"),
      expect.stringContaining("public-internet"),
    ]);
  });

  test("has no inline routes in a table, which would remove other routes", () => {
    const tables = Object.values(synthRouting().all("aws_route_table"));

    expect(tables).toHaveLength(5);
    for (const table of tables) expect(Object.keys(table).sort()).toEqual(["tags", "vpc_id"]);
  });

  test("associates every subnet once, with its own tier's table", () => {
    const associations = Object.values(synthRouting().all("aws_route_table_association"));
    const tableOf = Object.fromEntries(
      associations.map((each) => [
        each["subnet_id"],
        String(each["route_table_id"]).match(/routes_(public|intra|private-eu-west-1[abc])_/)?.[1],
      ]),
    );

    expect(associations).toHaveLength(9);
    expect(tableOf).toEqual({
      "subnet-public-a": "public",
      "subnet-public-b": "public",
      "subnet-public-c": "public",
      "subnet-private-a": "private-eu-west-1a",
      "subnet-private-b": "private-eu-west-1b",
      "subnet-private-c": "private-eu-west-1c",
      "subnet-intra-a": "intra",
      "subnet-intra-b": "intra",
      "subnet-intra-c": "intra",
    });
  });
});
