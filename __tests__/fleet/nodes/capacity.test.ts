import { controlPlaneTier } from "../../../fleet/control-plane/control-plane-tier";
import type { Cluster, Tfvars, Worker } from "../../../fleet/model/cluster";
import { subnetLoads } from "../../../fleet/nodes/capacity";
import { clusterOf, type Part, workerOf } from "../../support/cluster";
import { shipped } from "../../support/shipped";

const WORKER = workerOf({ name: "general", instance_types: ["m6i.large"], max_size: 9, kind: "self_managed" });

function cluster(workers: readonly Worker[] = [WORKER], tfvars: Part<Tfvars> = {}): Cluster {
  return clusterOf({ ...tfvars, workers });
}

const all = (of: Cluster) => subnetLoads(of, of.subnets, of.zones, controlPlaneTier(of));
const loads = (of: Cluster) => all(of).filter(({ tier }) => tier !== "intra");

test("full nodes use whole interfaces in the subnet of their zone", () => {
  const [first, ...others] = loads(cluster());

  // 9 nodes in three zones, 30 addresses and 29 pods each; a /20 less five.
  expect(first).toEqual({
    zone: "eu-west-1a",
    tier: "private",
    cidr: "10.0.0.0/20",
    usable: 4091,
    needed: 90,
    fixed: 0,
    pools: 0,
    pods: 87,
    podsThatFit: 87,
    groups: { general: 90 },
  });
  expect(others.map(({ zone, needed }) => [zone, needed])).toEqual([
    ["eu-west-1b", 90],
    ["eu-west-1c", 90],
  ]);
});

test.each([
  ["with the connections in intra subnets", [], ["intra", 6]],
  ["in private subnets if Auto Mode's pools put it there", ["general-purpose"], ["private", 6]],
] as const)("the control plane uses its addresses %s", (_, node_pools, expected) => {
  const auto_mode = { enabled: node_pools.length > 0, node_pools: [...node_pools] };
  const fixed = all(cluster([], { cluster: { auto_mode } })).filter((load) => load.fixed > 0);

  expect(fixed.map((load) => [load.zone, load.tier, load.fixed])).toEqual(
    ["a", "b", "c"].map((zone) => [`eu-west-1${zone}`, ...expected]),
  );
});

test.each<[string, readonly Worker[], Part<Tfvars>, readonly (readonly [string, number, number])[]]>([
  [
    "a managed group adds two empty nodes a zone while it rolls",
    [{ ...WORKER, kind: "managed" }],
    {},
    [["private", 110, 87]],
  ],
  [
    "a self-managed group adds what its refresh may",
    [{ ...WORKER, instance_refresh: { max_healthy_percentage: 150 } }],
    {},
    [["private", 110, 87]],
  ],
  ["groups add up", [WORKER, { ...WORKER, name: "other", max_size: 3 }], {}, [["private", 120, 116]]],
  [
    "of several types the hungriest counts",
    [{ ...WORKER, instance_types: ["m6i.large", "m6i.xlarge"] }],
    {},
    [["private", 180, 174]],
  ],
  [
    "of weighted types each node is so many units of the size",
    [{ ...WORKER, instance_types: ["m6i.large", "m6i.xlarge"], instance_weights: { "m6i.large": 1, "m6i.xlarge": 3 } }],
    {},
    [["private", 90, 87]],
  ],
  [
    "groups are in the subnets of their tier",
    [WORKER, { ...WORKER, name: "edge", subnet_tier: "public" }],
    {},
    [
      ["private", 90, 87],
      ["public", 90, 87],
    ],
  ],
  [
    "and their pods in those for pods, whichever tier that is",
    [{ ...WORKER, subnet_tier: "public" }],
    {
      networking: { subnet_tiers: ["public", "private", "intra", "pod"], secondary_cidr_blocks: ["100.64.0.0/16"] },
    },
    [
      ["public", 3, 0],
      ["pod", 60, 60],
    ],
  ],
  [
    "of several types each runs what all are told, where the nodes would count addresses that they have not",
    [{ ...WORKER, instance_types: ["m6i.large", "m6i.xlarge"] }],
    {
      networking: { subnet_tiers: ["public", "private", "intra", "pod"], secondary_cidr_blocks: ["100.64.0.0/16"] },
    },
    [
      ["private", 3, 0],
      ["pod", 135, 60],
    ],
  ],
  [
    "a managed group of a custom image runs what its nodes count",
    [{ ...WORKER, kind: "managed", ami_type: "CUSTOM", instance_types: ["m6i.24xlarge"] }],
    {},
    [["private", 2350, 2211]],
  ],
  ["types that nobody knows do not", [{ ...WORKER, instance_types: ["m99.large"] }], {}, []],
  [
    "pods have subnets of their own",
    [WORKER],
    {
      networking: { subnet_tiers: ["public", "private", "intra", "pod"], secondary_cidr_blocks: ["100.64.0.0/16"] },
    },
    [
      ["private", 3, 0],
      ["pod", 60, 60],
    ],
  ],
  ["pods with IPv6 hold none", [WORKER], { networking: { ip_family: "ipv6" } }, [["private", 3, 0]]],
  ["prefixes of sixteen", [WORKER], { cluster: { vpc_cni: { prefix_delegation: true } } }, [["private", 387, 330]]],
  [
    "Xen has no prefixes",
    [{ ...WORKER, instance_types: ["m4.large"] }],
    { cluster: { vpc_cni: { prefix_delegation: true } } },
    [["private", 60, 60]],
  ],
])("%s", (_, workers, tfvars, expected) => {
  const ofFirstZone = loads(cluster(workers, tfvars)).filter(({ zone }) => zone === "eu-west-1a");

  expect(ofFirstZone.map(({ tier, needed, pods }) => [tier, needed, pods])).toEqual(expected);
});

test.each<[string, Part<Tfvars["networking"]>, "intra" | "private", number]>([
  ["the control plane", {}, "intra", 6],
  ["the control plane without intra", { subnet_tiers: ["private", "public"] }, "private", 96],
  ["endpoints", { interface_endpoints: ["sts", "sqs"] }, "intra", 8],
  [
    "connections",
    {
      transit_gateway_attachments: [
        {
          name: "x",
          transit_gateway_id: "tgw-01234567",
          destination_cidrs: ["10.60.0.0/16"],
          tiers: ["private", "intra"],
        },
      ],
      resolver_rules: [
        { name: "x", domain_name: "x.example.com", target_ips: ["10.60.0.10"] },
        { name: "y", domain_name: "y.example.com", target_ips: ["10.60.0.10"] },
      ],
    },
    "intra",
    8,
  ],
])("%s uses addresses permanently", (_, networking, tier, needed) => {
  const [first] = all(cluster([WORKER], { networking })).filter((load) => load.tier === tier);

  expect(first?.needed).toBe(needed);
});

type NodePool = Tfvars["node_pools"][number];

/** The least that a pool of 10 instances of 96 vCPUs holds in each zone: of c, m and r none has fewer than 15 interfaces of 50. */
test.each<[string, Partial<NodePool>, Part<Tfvars["networking"]>, Readonly<Record<string, number>>]>([
  ["spread over the zones", {}, {}, { "eu-west-1a": 2500, "eu-west-1b": 2500, "eu-west-1c": 2500 }],
  ["in the zones that it names", { availability_zones: ["eu-west-1b"] }, {}, { "eu-west-1b": 7500 }],
  // 16 interfaces of 64: two for 108 pods, and one that is kept warm.
  ["with fewer pods", { availability_zones: ["eu-west-1b"], max_pods: 110 }, {}, { "eu-west-1b": 1920 }],
  // 16 prefixes for 248 pods, one that is kept warm, and the interface's own address.
  ["of Auto Mode", { availability_zones: ["eu-west-1b"], kind: "auto_mode" }, {}, { "eu-west-1b": 2730 }],
  ["without a limit of vCPUs", { limits: { vcpus: null, memory_gib: 1000, nodes: null, resources: {} } }, {}, {}],
  ["with IPv6", {}, { ip_family: "ipv6" }, {}],
])("a node pool is counted %s", (_, settings, networking, expected) => {
  const { tfvars } = shipped("defaults.yaml") as { tfvars: { node_pool_defaults: NodePool } };
  const size = { min_vcpus: 96, max_vcpus: 96, limits: { vcpus: 960, memory_gib: null, nodes: null, resources: {} } };
  const pool: NodePool = { ...tfvars.node_pool_defaults, name: "batch", ...size, ...settings };
  const found = loads(clusterOf({ networking, workers: [], node_pools: [pool] }));

  expect(Object.fromEntries(found.map(({ zone, pools }) => [zone, pools]))).toEqual(expected);
});

test("a group in one zone fills that zone's subnet", () => {
  const zonal = loads(cluster([{ ...WORKER, availability_zones: ["eu-west-1b"] }]));

  expect(zonal.map(({ zone, needed }) => [zone, needed])).toEqual([["eu-west-1b", 270]]);
});

test("in a full subnet, further pods have no address", () => {
  const [small] = loads(cluster([WORKER], { networking: { subnet_prefix_lengths: { private: 26 } } }));

  expect(small).toMatchObject({ usable: 59, needed: 90, pods: 87, podsThatFit: 57 });
});
