import type { Account } from "../../../fleet/model/cluster";
import { overlapsOf } from "../../../operations/cidr/overlaps";
import { account, clusterOf } from "../../support/cluster";

const accountOf = (name: string, rest: Partial<Account> = {}): Account => ({ ...account, name, ...rest });
const cluster = (name: string, of: Account, networking: object) => clusterOf({ networking }, { name, account: of });
const peered = (name: string) => ({
  vpc_peering_connections: [
    { name: "x", cluster: name, tiers: ["private"], peer_tiers: ["private"], allow_remote_vpc_dns_resolution: false },
  ],
});
const attached = {
  transit_gateway_attachments: [
    {
      name: "x",
      transit_gateway_id: "tgw-0123456789abcdef0",
      destination_cidrs: ["192.168.0.0/16"],
      tiers: ["private"],
    },
  ],
};

const east = accountOf("east");
const west = accountOf("west");
const shown = (accounts: readonly Account[], clusters: Parameters<typeof overlapsOf>[1]) =>
  overlapsOf(accounts, clusters).map(
    ({ a, b, because }) =>
      `${a.account} ${a.use} ${a.cidr} ${a.by}| ${b.account} ${b.use} ${b.cidr} ${b.by}| ${because}`,
  );

/** A cluster of each account that are peered, and neighbours of both. */
const PEERED = [
  cluster("a.example.com", west, { vpc_cidr: "10.0.0.0/16", ...peered("b.example.com") }),
  cluster("b.example.com", east, { vpc_cidr: "10.1.0.0/16" }),
];
const NEIGHBOURS = [
  cluster("c.example.com", east, { vpc_cidr: "10.2.0.0/16", secondary_cidr_blocks: ["100.64.0.0/16"] }),
  cluster("d.example.com", west, { vpc_cidr: "10.2.128.0/20", secondary_cidr_blocks: ["100.64.0.0/16"] }),
];

test("two clusters that are peered with a third one overlap if they have the same addresses, except in shared address space", () => {
  expect(shown([east, west], [...PEERED, ...NEIGHBOURS])).toEqual([
    "east cluster 10.2.0.0/16 c.example.com| west cluster 10.2.128.0/20 d.example.com| a.example.com is peered with b.example.com",
  ]);
});

test("accounts that are not connected can have the same addresses", () => {
  expect(shown([east, west], NEIGHBOURS)).toEqual([]);
});

test("an account overlaps only others", () => {
  const both = [
    cluster("a.example.com", west, { vpc_cidr: "10.0.0.0/16", ...peered("b.example.com") }),
    cluster("b.example.com", west, { vpc_cidr: "10.1.0.0/16" }),
    cluster("c.example.com", west, { vpc_cidr: "10.1.0.0/16" }),
  ];

  expect(shown([west], both)).toEqual([]);
});

test.each([
  ["connected_to", { connected_to: ["b.example.com"] }, {}, "a.example.com is connected to b.example.com"],
  ["a transit gateway", attached, attached, "like a.example.com, b.example.com is attached to tgw-0123456789abcdef0"],
])("%s connects accounts too", (_, a, b, because) => {
  const clusters = [
    cluster("a.example.com", west, { vpc_cidr: "10.0.0.0/16", ...a }),
    cluster("b.example.com", east, { vpc_cidr: "10.1.0.0/16", ...b }),
    ...NEIGHBOURS,
  ];

  expect(shown([east, west], clusters).map((line) => line.split("| ")[2])).toEqual([because]);
});

test("every account at a transit gateway is connected with every other", () => {
  const north = accountOf("north");
  const at = (name: string, of: Account, vpc_cidr: string) => cluster(name, of, { vpc_cidr, ...attached });
  const clusters = [
    at("a.example.com", west, "10.0.0.0/16"),
    at("b.example.com", east, "10.1.0.0/16"),
    at("e.example.com", north, "10.3.0.0/16"),
    ...NEIGHBOURS.slice(0, 1),
    cluster("f.example.com", north, { vpc_cidr: "10.2.0.0/16" }),
  ];

  expect(shown([east, west, north], clusters)).toEqual([
    "east cluster 10.2.0.0/16 c.example.com| north cluster 10.2.0.0/16 f.example.com| like b.example.com, e.example.com is attached to tgw-0123456789abcdef0",
  ]);
});

test("is reported if one of the two accounts was selected, and not if none was", () => {
  expect(shown([west], [...PEERED, ...NEIGHBOURS])).toHaveLength(1);
  expect(shown([accountOf("north")], [...PEERED, ...NEIGHBOURS])).toEqual([]);
});

describe("of pools and reserved ranges", () => {
  /** Returns the kinds of the sides that overlap in two accounts that are peered. */
  function kinds(ours: Partial<Account>, theirs: Partial<Account>, vpc = "10.1.0.0/16"): string[] {
    const [here, there] = [accountOf("here", ours), accountOf("there", theirs)];
    const clusters = [
      cluster("a.example.com", here, { vpc_cidr: "192.168.0.0/16", ...peered("b.example.com") }),
      cluster("b.example.com", there, { vpc_cidr: vpc }),
    ];
    return overlapsOf([here, there], clusters).map(({ a, b }) => `${a.use} ${a.cidr} ${b.use} ${b.cidr}`);
  }
  const data_centre = { reserved_cidrs: [{ cidr: "10.60.0.0/16", reason: "the data centre" }] };

  test("pools overlap pools", () => {
    expect(kinds({ cidr_pools: ["10.0.0.0/12"] }, { cidr_pools: ["10.8.0.0/13"] }, "10.8.0.0/16")).toEqual([
      "pool 10.0.0.0/12 pool 10.8.0.0/13",
    ]);
  });

  test("a pool overlaps a cluster that is in no pool of its own account", () => {
    expect(kinds({ cidr_pools: ["10.0.0.0/12"] }, {})).toEqual(["pool 10.0.0.0/12 cluster 10.1.0.0/16"]);
    expect(kinds({}, { cidr_pools: ["192.168.0.0/16", "10.0.0.0/12"] })).toEqual([
      "cluster 192.168.0.0/16 pool 192.168.0.0/16",
    ]);
  });

  test("a pool does not overlap a range that its account reserves", () => {
    const pool = { cidr_pools: ["10.32.0.0/11"] };

    expect(kinds(pool, data_centre)).toEqual(["pool 10.32.0.0/11 reserved 10.60.0.0/16"]);
    expect(kinds({ ...pool, ...data_centre }, data_centre)).toEqual([]);
  });

  test("two accounts can reserve the same network", () => {
    expect(kinds(data_centre, data_centre)).toEqual([]);
    expect(kinds(data_centre, {}, "10.60.0.0/20")).toEqual(["reserved 10.60.0.0/16 cluster 10.60.0.0/20"]);
  });
});
