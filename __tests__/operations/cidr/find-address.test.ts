import { blockOf } from "../../../operations/cidr/blocks";
import { findAddress } from "../../../operations/cidr/find-address";
import { addressSearchReport } from "../../../operations/cidr/report";
import { account, clusterOf } from "../../support/cluster";

const office = {
  ...account,
  name: "office",
  cidr_pools: ["10.0.0.0/14"],
  reserved_cidrs: [{ cidr: "10.2.0.0/16", reason: "the data centre" }],
};
const connection = { name: "backbone", transit_gateway_id: "tgw-0123456789abcdef0", tiers: ["private" as const] };
const A = clusterOf(
  {
    networking: {
      vpc_cidr: "10.0.0.0/16",
      transit_gateway_attachments: [
        {
          ...connection,
          destination_cidrs: ["0.0.0.0/0", "192.168.0.0/16"],
          destination_ipv6_cidrs: ["2001:db8::/32"],
        },
      ],
    },
    cluster: { remote_networks: { node_cidrs: ["10.200.0.0/24"], pod_cidrs: ["10.201.0.0/16"] } },
  },
  { name: "a.example.com", account: office },
);
const B = clusterOf({ networking: { vpc_cidr: "10.1.0.0/16" } }, { name: "b.example.com", account: office });

const find = (text: string, clusters = [A, B]) => findAddress(blockOf(text), [office], clusters);
const lines = (text: string) =>
  find(text).places.map(({ what, range, cluster, tier, zone, by }) =>
    [what, range, cluster, tier, zone, by].filter((part) => part !== null && part !== "").join(" "),
  );

test("an address of a node is in the pool, the VPC and the subnet of a cluster", () => {
  expect(find("10.0.16.9")).toEqual({
    version: 1,
    kind: "address",
    address: "10.0.16.9",
    clusters: ["a.example.com"],
    places: [
      { what: "pool", range: "10.0.0.0/14", account: "office", cluster: null, tier: null, zone: null, by: "" },
      {
        what: "vpc",
        range: "10.0.0.0/16",
        account: "office",
        cluster: "a.example.com",
        tier: null,
        zone: null,
        by: "",
      },
      {
        what: "subnet",
        range: "10.0.16.0/20",
        account: "office",
        cluster: "a.example.com",
        tier: "private",
        zone: "eu-west-1b",
        by: "",
      },
    ],
    free: [],
  });
});

test.each<[string, readonly string[]]>([
  ["10.0.255.255", ["pool 10.0.0.0/14", "vpc 10.0.0.0/16 a.example.com"]],
  ["10.2.0.1", ["pool 10.0.0.0/14", "reserved 10.2.0.0/16 the data centre"]],
  ["172.20.0.10", ["services 172.20.0.0/16 a.example.com", "services 172.20.0.0/16 b.example.com"]],
  ["192.168.7.7", ["connection 192.168.0.0/16 a.example.com transit_gateway_attachments[backbone]"]],
  ["2001:db8::7", ["connection 2001:db8::/32 a.example.com transit_gateway_attachments[backbone]"]],
  ["10.200.0.7", ["remote 10.200.0.0/24 a.example.com remote_networks"]],
  ["10.201.9.9", ["remote 10.201.0.0/16 a.example.com remote_networks"]],
  ["8.8.8.8", []],
  ["2001:db9::7", []],
])("%s is found at %j", (address, expected) => {
  expect(lines(address)).toEqual(expected);
});

test("an address that nothing uses is in the free block of its pool", () => {
  expect(find("10.3.4.5")).toMatchObject({
    clusters: [],
    places: [{ what: "pool", range: "10.0.0.0/14" }],
    free: [{ account: "office", pool: "10.0.0.0/14", range: "10.3.0.0/16" }],
  });
});

test("an address outside all pools is free nowhere", () => {
  expect(find("10.99.0.1")).toEqual({
    version: 1,
    kind: "address",
    address: "10.99.0.1",
    clusters: [],
    places: [],
    free: [],
  });
});

test("a range is found wherever it shares an address, and is written from its first address", () => {
  const found = find("10.0.200.0/15");

  expect([found.address, found.clusters]).toEqual(["10.0.0.0/15", ["a.example.com", "b.example.com"]]);
  expect(found.places.filter(({ what }) => what !== "subnet").map(({ range }) => range)).toEqual([
    "10.0.0.0/14",
    "10.0.0.0/16",
    "10.1.0.0/16",
  ]);
  expect(find("10.0.0.0/8").free.map(({ range }) => range)).toEqual(["10.3.0.0/16"]);
});

test("two clusters in one VPC both have its addresses", () => {
  const existing_vpc = { vpc_id: "vpc-0123456789abcdef0" };
  const guests = ["x.example.com", "y.example.com"].map((name) =>
    clusterOf({ networking: { vpc_cidr: "10.1.0.0/16", existing_vpc } }, { name, account: office, subnets: [] }),
  );

  expect(find("10.1.0.7", guests).clusters).toEqual(["x.example.com", "y.example.com"]);
});

test("connections of an existing VPC count only if the cluster creates them", () => {
  const guest = (add_connections: boolean) =>
    clusterOf(
      {
        networking: {
          vpc_cidr: "10.1.0.0/16",
          existing_vpc: { vpc_id: "vpc-0123456789abcdef0", add_connections },
          transit_gateway_attachments: [{ ...connection, destination_cidrs: ["192.168.0.0/16"] }],
        },
      },
      { account: office },
    );

  expect(find("192.168.0.1", [guest(false)]).places).toEqual([]);
  expect(find("192.168.0.1", [guest(true)]).places).toHaveLength(1);
});

test("EKS chooses the Services of a cluster with IPv6, so their IPv4 range is not its own", () => {
  const six = clusterOf({ networking: { ip_family: "ipv6" } }, { account: office });

  expect(find("172.20.0.10", [six]).places).toEqual([]);
});

test("the answer fits its schema", () => {
  expect(() => addressSearchReport.parse(find("10.0.0.0/8"))).not.toThrow();
});
