import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { loadFleet } from "../../../../fleet/load";
import { DefinitionFiles } from "../../../../fleet/read/files";
import { Layers } from "../../../../fleet/read/layers";
import { adopt, readInventory } from "../../../../operations/import/adopt/adopt";
import { describeNetwork } from "../../../../operations/import/adopt/describe-network";
import type { Inventory } from "../../../../operations/import/adopt/inventory";
import { TODAY, withDefinitions } from "../../../support/definitions";

const FILE = "docs/examples/import/inventory.json";
const INVENTORY = readInventory(FILE, readFileSync(FILE, "utf8"));

type Change = (inventory: Inventory) => Inventory;
const withCluster = (settings: Partial<Inventory["cluster"]>): Inventory => ({
  ...INVENTORY,
  cluster: { ...INVENTORY.cluster, ...settings },
});

function adopted(inventory: Inventory, name = "shop-dev") {
  return withDefinitions({}, (directory) => {
    const options = { directory, shipped: "definitions", today: TODAY };
    const answer = adopt({ name, owner: "shop", account: "sandbox", tier: "development" }, inventory, {
      ...options,
      fleet: loadFleet({ ...options, withoutClusters: true }),
      layers: new Layers(new DefinitionFiles(directory, "definitions")),
      ranges: undefined,
    });
    if (answer.report === undefined) throw new Error(answer.problems.map(({ message }) => message).join());
    return answer.report;
  });
}

describe("refuses", () => {
  test.each<[string, Inventory, RegExp]>([
    ["another account", { ...INVENTORY, account: "999999999999" }, /account's file says 222222222222/],
    [
      "the authentication mode CONFIG_MAP",
      withCluster({ accessConfig: { authenticationMode: "CONFIG_MAP" } }),
      /cannot be undone/,
    ],
    ["Auto Mode without a pool", withCluster({ computeConfig: { enabled: true } }), /Add the pool system/],
    ["IPv6", withCluster({ kubernetesNetworkConfig: { ipFamily: "ipv6" } }), /IPv6/],
    ["an Outpost", withCluster({ outpostConfig: {} }), /Outpost/],
    ["remote networks", withCluster({ remoteNetworkConfig: {} }), /remote networks/],
    ["a cluster that is being updated", withCluster({ status: "UPDATING" }), /is UPDATING/],
  ])("%s, with the reason", (_, inventory, reason) => {
    expect(() => adopted(inventory)).toThrow(reason);
  });

  test("an inventory of another cluster, which keeps its name", () => {
    expect(() => adopted(INVENTORY, "other-dev")).toThrow(/inventory is of the cluster shop-dev, not of other-dev/);
  });

  test("every reason at once", () => {
    const inventory = withCluster({ status: "UPDATING", computeConfig: { enabled: true } });

    expect(() => adopted(inventory)).toThrow(/UPDATING[\s\S]*Auto Mode/);
  });

  test("a file that is no inventory, with every property that is missing", () => {
    expect(() => readInventory("i.json", '{"version": 1,\n "complete": true, "region": 5}')).toThrow(
      /^i\.json:2:30 error: region: must be text.*\ni\.json:1:1 error: requires account \(must be text\), .*cluster.*adopt --script prints$/,
    );
    expect(() => readInventory("i.json", '{"version": 1,')).toThrow(/i\.json is not JSON/);
  });
});

test("creates nothing, and replaces nothing", () => {
  const { creates, files, imports, problems, traps } = adopted(INVENTORY);

  expect({ creates, problems, traps, imports: imports.length }).toEqual({
    creates: [],
    problems: [],
    traps: [],
    imports: 52,
  });
  expect(Object.values(files)[1]).toContain("\nsandbox:\n  10.100.0.0/16: shop-dev\n");
});

test("what the cluster lacks is listed as created", () => {
  const rules = INVENTORY.security_group_rules.filter(({ FromPort }) => FromPort !== 10250);

  expect(adopted({ ...INVENTORY, security_group_rules: rules }).creates).toEqual([
    {
      stack: "eks-cluster",
      address: expect.stringMatching(/^aws_vpc_security_group_ingress_rule\.eks_security-groups_node-kubelet_/),
      what: "is created",
    },
  ]);
});

test("node groups are described beside the old ones, and stay with their owner", () => {
  const { files, left } = adopted(INVENTORY);
  const [definition = ""] = Object.values(files);

  expect(definition).toContain("- name: shop-general # beside shop-general, which you drain and delete");
  expect(left.join("\n")).toContain("Node groups (shop-general) are not imported");
});

test("a CloudFormation stack that owns resources is named", () => {
  expect(adopted(INVENTORY).owners[0]).toContain("The CloudFormation stack shop-network still owns resources");
});

test("an EKS add-on of the addons stack is imported there", () => {
  const coredns = { addonName: "coredns", addonVersion: "v1.13.2-eksbuild.4" };
  const { imports } = adopted({ ...INVENTORY, addons: [...INVENTORY.addons, coredns] });

  expect(imports.filter(({ stack }) => stack === "addons").map(({ id }) => id)).toEqual(["shop-dev:coredns"]);
});

describe("a VPC that this program would not create", () => {
  const shared: Change = (inventory) => ({
    ...inventory,
    route_tables: inventory.route_tables
      .filter(({ Routes }) => !Routes.some(({ NatGatewayId }) => NatGatewayId))
      .concat({
        RouteTableId: "rtb-1",
        Routes: [{ DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1" }],
        Associations: inventory.subnets
          .filter(({ CidrBlock }) => CidrBlock.endsWith("/19"))
          .map(({ SubnetId }) => ({ SubnetId, Main: false })),
        Tags: [],
      }),
  });

  test.each<[string, Change, string]>([
    ["private subnets that share a table", shared, "private subnets share a route table"],
    [
      "a subnet with the main table",
      (each) => ({ ...each, route_tables: each.route_tables.map((table) => ({ ...table, Associations: [] })) }),
      "uses the main route table",
    ],
    [
      "a second range",
      (each) => ({
        ...each,
        vpcs: each.vpcs.map((vpc) => ({ ...vpc, CidrBlockAssociationSet: [{ CidrBlock: "a" }, { CidrBlock: "b" }] })),
      }),
      "more than one range",
    ],
    [
      "two private subnets in a zone",
      (each) => ({ ...each, subnets: each.subnets.map((subnet) => ({ ...subnet, AvailabilityZone: "eu-west-1a" })) }),
      "has several private subnets",
    ],
  ])("%s is used as an existing one, and the reason is printed", (_, change, reason) => {
    const found = describeNetwork(change(INVENTORY));

    expect("reasons" in found && found.reasons.join("\n")).toContain(reason);
  });

  test("is not imported, and the definition names its subnets", () => {
    const { files, imports, network } = adopted(shared(INVENTORY));
    const [definition = ""] = Object.values(files);
    const { tfvars } = parse(definition) as { tfvars: { networking: Record<string, unknown> } };

    expect([network.imported, imports.filter(({ stack }) => stack === "networking")]).toEqual([false, []]);
    expect(tfvars.networking["existing_vpc"]).toMatchObject({
      vpc_id: INVENTORY.vpcs[0]?.VpcId,
      subnet_ids: { private: { "eu-west-1a": expect.stringMatching(/^subnet-/) } },
    });
  });
});
