import type { Definition, Networking } from "../../../fleet/model/cluster";
import { isSameVpc, makesConnections, makesEndpoints, usesExistingVpc } from "../../../fleet/network/existing-vpc";

type Existing = Partial<Networking["existing_vpc"]>;

const network = (existing: Existing = {}) =>
  ({
    existing_vpc: { vpc_id: null, vpc_tags: {}, add_connections: false, add_endpoints: false, ...existing },
  }) as Networking;

const cluster = (CLUSTER_NAME: string, existing: Existing = {}, aws_region = "us-east-1") =>
  ({ meta: { CLUSTER_NAME }, tfvars: { common: { aws_region }, networking: network(existing) } }) as Definition;

const BY_ID = { vpc_id: "vpc-1" };
const BY_TAGS = { vpc_tags: { Name: "shared" } };

test.each([
  ["without an id and tags", {}, false],
  ["with an id", BY_ID, true],
  ["with tags", BY_TAGS, true],
])("a network %s", (_, existing, expected) => {
  expect(usesExistingVpc(network(existing))).toBe(expected);
});

test.each([
  ["connections", "add_connections", makesConnections],
  ["endpoints", "add_endpoints", makesEndpoints],
] as const)("%s are created in a new VPC, and in an existing one only with %s", (_, key, makes) => {
  expect(makes(network())).toBe(true);
  expect(makes(network(BY_ID))).toBe(false);
  expect(makes(network({ ...BY_ID, [key]: true }))).toBe(true);
});

test.each<[string, Definition, Definition, boolean]>([
  ["clusters with one id", cluster("a", BY_ID), cluster("b", BY_ID), true],
  ["clusters with other ids", cluster("a", BY_ID), cluster("b", { vpc_id: "vpc-2" }), false],
  ["clusters in other regions", cluster("a", BY_ID), cluster("b", BY_ID, "eu-west-1"), false],
  [
    "clusters with the same tags in another order",
    cluster("a", { vpc_tags: { A: "1", B: "2" } }),
    cluster("b", { vpc_tags: { B: "2", A: "1" } }),
    true,
  ],
  ["clusters with other tags", cluster("a", BY_TAGS), cluster("b", { vpc_tags: { Name: "other" } }), false],
  ["clusters with VPCs of their own", cluster("a"), cluster("b"), false],
  ["a cluster and the one that created its VPC", cluster("a", { vpc_tags: { Cluster: "b" } }), cluster("b"), true],
  ["a cluster and another one", cluster("a", { vpc_tags: { Cluster: "c" } }), cluster("b"), false],
  ["a cluster with a VPC of its own and one with an id", cluster("a"), cluster("b", BY_ID), false],
])("compares %s, in both orders", (_, a, b, expected) => {
  expect([isSameVpc(a, b), isSameVpc(b, a)]).toEqual([expected, expected]);
});
