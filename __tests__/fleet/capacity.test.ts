import { capacityReport } from "../../cli/capacity";
import { subnetLoads } from "../../fleet/capacity";
import type { Cluster, Tfvars, Worker } from "../../fleet/cluster";
import { clusterOf, type Part, workerOf } from "../support/cluster";

const WORKER = workerOf({ name: "general", instance_types: ["m6i.large"], max_size: 9, kind: "self_managed" });

function cluster(workers: readonly Worker[] = [WORKER], tfvars: Part<Tfvars> = {}): Cluster {
  return clusterOf({ ...tfvars, workers });
}

const loads = (of: Cluster) => subnetLoads(of, of.subnets, of.zones);

test("full nodes hold whole interfaces in the subnet of their zone", () => {
  const [first, ...others] = loads(cluster());

  // 9 nodes in three zones, 30 addresses and 29 pods each; a /20 less five.
  expect(first).toEqual({
    zone: "eu-west-1a",
    tier: "private",
    cidr: "10.0.0.0/20",
    usable: 4091,
    needed: 90,
    pods: 87,
    podsThatFit: 87,
    groups: { general: 90 },
  });
  expect(others.map(({ zone, needed }) => [zone, needed])).toEqual([
    ["eu-west-1b", 90],
    ["eu-west-1c", 90],
  ]);
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

test("a group in one zone fills that zone's subnet", () => {
  const zonal = loads(cluster([{ ...WORKER, availability_zones: ["eu-west-1b"] }]));

  expect(zonal.map(({ zone, needed }) => [zone, needed])).toEqual([["eu-west-1b", 270]]);
});

test("of a full subnet, the rest of the pods get nothing", () => {
  const [small] = loads(cluster([WORKER], { networking: { subnet_prefix_lengths: { private: 26 } } }));

  expect(small).toMatchObject({ usable: 59, needed: 90, pods: 87, podsThatFit: 57 });
});

test("the report is a table a cluster, the fullest subnet first", () => {
  const lines = capacityReport({ clusters: [cluster([{ ...WORKER, availability_zones: ["eu-west-1c"] }])] }).split(
    "\n",
  );

  expect(lines.filter((line) => /[a-z]/.test(line)).map((line) => line.replaceAll(/[│ ]+/g, " ").trim())).toEqual([
    "reference.eks.example.com",
    "subnet zone addresses needed at most full pods at most pods that fit",
    "private 10.0.32.0/20 eu-west-1c 4,091 270 7 % 261 261",
  ]);
});
