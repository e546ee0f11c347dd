import { accountSpace } from "../../../operations/cidr/account-space";
import { addressSpace, nextFreeBlocks } from "../../../operations/cidr/address-space";
import { addressSpaceReport, freeBlocksReport } from "../../../operations/cidr/report";
import { account, clusterOf } from "../../support/cluster";

const office = {
  ...account,
  name: "office",
  cidr_pools: ["10.0.0.0/14"],
  reserved_cidrs: [{ cidr: "10.2.0.0/16", reason: "the data centre" }],
};
const cluster = (name: string, vpc_cidr: string, service_ipv4_cidr = "172.20.0.0/16") =>
  clusterOf({ networking: { vpc_cidr }, cluster: { service_ipv4_cidr } }, { name, account: office });

const CLUSTERS = [
  cluster("a.example.com", "10.1.128.0/17"),
  cluster("b.example.com", "10.0.0.0/16", "172.16.0.0/16"),
  cluster("c.example.com", "10.9.0.0/16"),
];

const rows = (of = office, clusters = CLUSTERS) =>
  accountSpace(of, clusters).ranges.map(({ cidr, use, by, pool }) => `${cidr} ${use} ${by} ${pool}`);

test("lists who has which addresses, and what is left of the pools, in the order of addresses", () => {
  expect(accountSpace(office, CLUSTERS)).toEqual({
    account: "office",
    pools: [{ cidr: "10.0.0.0/14", addresses: 262_144, used: 163_840, free: 98_304, largest_free: "10.3.0.0/16" }],
    ranges: [
      { cidr: "10.0.0.0/16", addresses: 65_536, use: "cluster", by: "b.example.com", pool: "10.0.0.0/14" },
      { cidr: "10.1.0.0/17", addresses: 32_768, use: "free", by: "", pool: "10.0.0.0/14" },
      { cidr: "10.1.128.0/17", addresses: 32_768, use: "cluster", by: "a.example.com", pool: "10.0.0.0/14" },
      { cidr: "10.2.0.0/16", addresses: 65_536, use: "reserved", by: "the data centre", pool: "10.0.0.0/14" },
      { cidr: "10.3.0.0/16", addresses: 65_536, use: "free", by: "", pool: "10.0.0.0/14" },
      { cidr: "10.9.0.0/16", addresses: 65_536, use: "cluster", by: "c.example.com", pool: null },
    ],
    sizes: [
      { prefix: 16, blocks: 1, next: "10.3.0.0/16" },
      { prefix: 17, blocks: 3, next: "10.1.0.0/17" },
      { prefix: 18, blocks: 6, next: "10.1.0.0/18" },
      { prefix: 19, blocks: 12, next: "10.1.0.0/19" },
      { prefix: 20, blocks: 24, next: "10.1.0.0/20" },
      { prefix: 21, blocks: 48, next: "10.1.0.0/21" },
      { prefix: 22, blocks: 96, next: "10.1.0.0/22" },
      { prefix: 23, blocks: 192, next: "10.1.0.0/23" },
      { prefix: 24, blocks: 384, next: "10.1.0.0/24" },
    ],
    services: [
      { cidr: "172.16.0.0/16", addresses: 65_536, clusters: ["b.example.com"] },
      { cidr: "172.20.0.0/16", addresses: 65_536, clusters: ["a.example.com", "c.example.com"] },
    ],
  });
});

test("an account with no cluster is all free, and one without pools lists only what is used", () => {
  expect(rows({ ...office, name: "new" })).toEqual([
    "10.0.0.0/15 free  10.0.0.0/14",
    "10.2.0.0/16 reserved the data centre 10.0.0.0/14",
    "10.3.0.0/16 free  10.0.0.0/14",
  ]);
  expect(rows({ ...office, cidr_pools: [] })).toEqual([
    "10.0.0.0/16 cluster b.example.com null",
    "10.1.128.0/17 cluster a.example.com null",
    "10.2.0.0/16 reserved the data centre null",
    "10.9.0.0/16 cluster c.example.com null",
  ]);
});

test("a pool inside another one is a part of it, so that its addresses count once", () => {
  const [whole] = accountSpace(office, CLUSTERS).pools;

  expect(accountSpace({ ...office, cidr_pools: ["10.3.0.0/16", "10.0.0.0/14"] }, CLUSTERS).pools).toEqual([whole]);
});

test("the largest free block of a pool is the first of several, and null if the pool is full", () => {
  const [full, first] = accountSpace({ ...office, cidr_pools: ["10.4.0.0/14", "10.2.0.0/17"] }, [
    cluster("a.example.com", "10.6.0.0/17"),
  ]).pools;

  expect(first).toMatchObject({ cidr: "10.4.0.0/14", largest_free: "10.4.0.0/15" });
  expect(full).toMatchObject({ cidr: "10.2.0.0/17", used: 32_768, free: 0, largest_free: null });
});

test("a secondary block of a new VPC is used, and one of an existing VPC is not known", () => {
  const blocks = { secondary_cidr_blocks: ["10.3.0.0/17"] };
  const own = clusterOf({ networking: { vpc_cidr: "10.0.0.0/16", ...blocks } }, { account: office });
  const existing = clusterOf(
    { networking: { vpc_cidr: "10.0.0.0/16", ...blocks, existing_vpc: { vpc_id: "vpc-0123456789abcdef0" } } },
    { account: office },
  );
  const used = (of: typeof own) =>
    accountSpace(office, [of]).ranges.flatMap(({ cidr, use }) => (use === "cluster" ? cidr : []));

  expect(used(own)).toEqual(["10.0.0.0/16", "10.3.0.0/17"]);
  expect(used(existing)).toEqual(["10.0.0.0/16"]);
});

test("a cluster with IPv6 has no range of Services, because EKS chooses it", () => {
  const six = clusterOf({ networking: { ip_family: "ipv6" } }, { account: office });

  expect(accountSpace(office, [six]).services).toEqual([]);
});

test("a block for a new VPC is in no range of Services, though its addresses are free", () => {
  const wide = { ...office, cidr_pools: ["172.16.0.0/12"], reserved_cidrs: [] };
  const [only] = nextFreeBlocks([wide], CLUSTERS, 16).accounts;

  expect(only).toEqual({
    account: "office",
    available: 14,
    next: ["172.17.0.0/16", "172.18.0.0/16", "172.19.0.0/16", "172.21.0.0/16", "172.22.0.0/16"],
  });
  expect(accountSpace(wide, CLUSTERS).sizes[0]).toEqual({ prefix: 16, blocks: 14, next: "172.17.0.0/16" });
  expect(accountSpace(wide, CLUSTERS).pools[0]?.free).toBe(2 ** 20);
});

test("free blocks are listed for accounts with pools, also when there is none", () => {
  const full = { ...office, name: "full", cidr_pools: ["10.0.0.0/24"] };

  expect(nextFreeBlocks([office, full, { ...office, name: "unlimited", cidr_pools: [] }], CLUSTERS, 16)).toEqual({
    version: 1,
    kind: "free",
    prefix: 16,
    accounts: [
      { account: "office", available: 1, next: ["10.3.0.0/16"] },
      { account: "full", available: 0, next: [] },
    ],
  });
});

test("the answers fit their schemas", () => {
  expect(() => addressSpaceReport.parse(addressSpace([office], CLUSTERS))).not.toThrow();
  expect(() => freeBlocksReport.parse(nextFreeBlocks([office], CLUSTERS, 20))).not.toThrow();
});
