import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadFleet } from "../../../fleet/load";
import { fleetGraph } from "../../../operations/graph/fleet-graph";
import { graphReport } from "../../../operations/graph/report";
import { readStack, stackFile } from "../../../operations/resources/read-stack";
import { synthesizeCluster } from "../../../synth/synthesize-cluster";
import { clusterOf } from "../../support/cluster";
import { TODAY } from "../../support/definitions";
import { SAMPLE_FLEET } from "../../support/sample-fleet";

const peering = {
  name: "x",
  cluster: "b.example.com",
  tiers: ["private" as const],
  peer_tiers: ["private" as const],
  allow_remote_vpc_dns_resolution: false,
};
const A = clusterOf({ networking: { vpc_peering_connections: [peering] } }, { name: "a.example.com" });
const B = clusterOf({}, { name: "b.example.com" });
const C = clusterOf({ networking: { connected_to: ["b.example.com"] } }, { name: "c.example.com" });
const D = clusterOf({}, { name: "d.example.com" });
const ALL = [A, B, C, D];

const edges = (graph: ReturnType<typeof fleetGraph>) =>
  graph.edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`);

test("a cluster's stacks read each other's outputs, and its network those of a peered network", () => {
  const graph = fleetGraph("a", [A], ALL);

  expect(graphReport.parse(graph)).toEqual(graph);
  expect(graph.nodes.map(({ group, id }) => `${group} ${id}`)).toEqual([
    "a.example.com a-example-com-networking",
    "a.example.com a-example-com-eks-cluster",
    "a.example.com a-example-com-eks-workers",
    "a.example.com a-example-com-addons",
    "b.example.com b-example-com-networking",
  ]);
  expect(edges(graph)).toEqual([
    "a-example-com-networking handover a-example-com-eks-cluster",
    "a-example-com-networking handover a-example-com-eks-workers",
    "a-example-com-eks-cluster handover a-example-com-eks-workers",
    "a-example-com-networking handover a-example-com-addons",
    "a-example-com-eks-cluster handover a-example-com-addons",
    "a-example-com-eks-workers order a-example-com-addons",
    "b-example-com-networking peering a-example-com-networking",
  ]);
});

test("a cluster has the connections that others name too", () => {
  expect(edges(fleetGraph("b", [B], ALL, 1))).toEqual([
    "b.example.com peering a.example.com",
    "b.example.com connected c.example.com",
  ]);
});

test("at depth 1, clusters have their account and region", () => {
  expect(fleetGraph("all", ALL, ALL, 1)).toMatchObject({
    depth: 1,
    groups: [],
    nodes: ["a", "b", "c", "d"].map((name) => ({
      id: `${name}.example.com`,
      lines: [`${name}.example.com`, "reference, eu-west-1"],
    })),
  });
});

test("a connection that an existing VPC does not create is no edge", () => {
  const networking = {
    vpc_peering_connections: [peering],
    existing_vpc: { vpc_id: "vpc-0123456789abcdef0", add_connections: false },
  };

  const guest = clusterOf({ networking }, { name: "a.example.com" });

  expect(fleetGraph("a", [guest], [guest, B], 1).edges).toEqual([]);
});

test.each([
  [25, 2],
  [26, 1],
])("a fleet of %i clusters is shown at depth %i", (count, depth) => {
  const many = Array.from({ length: count }, (_, index) => ({ ...D, name: `x${index}.example.com` }));

  expect(fleetGraph("all", many, many).depth).toBe(depth);
});

test("the edges are what the synthesized stacks read and come after", () => {
  const select = "private.eks.example.com,batch.eks.example.com";
  const { clusters } = loadFleet({ directory: SAMPLE_FLEET, shipped: "definitions", select, today: TODAY });
  const folder = mkdtempSync(join(tmpdir(), "graph-"));
  try {
    const manifests = clusters.map((cluster) => synthesizeCluster(cluster, folder));
    const found = manifests.flatMap(({ stacks }) =>
      Object.values(stacks).flatMap(({ dependencies, name }) => {
        const { resources } = readStack(name, stackFile(folder, name));
        const read = resources
          .filter(({ type }) => type === "terraform_remote_state")
          .map(({ body }) => stackOfState(body["config"]));
        const others = dependencies.filter((other) => !read.includes(other));
        return [...read.map((other) => `${other} -> ${name}`), ...others.map((other) => `${other} order ${name}`)];
      }),
    );
    const graph = fleetGraph("all", clusters, clusters, 2);
    const drawn = graph.edges.map(({ from, kind, to }) => `${from} ${kind === "order" ? kind : "->"} ${to}`);

    expect(drawn.slice().sort()).toEqual(found.sort());
    expect(readFileSync(join(folder, "manifest.json"), "utf8")).toContain("networking");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Returns the stack whose state a configuration of the backend names. */
function stackOfState(config: unknown): string {
  const { key = "" } = config as { readonly key?: string };
  const [cluster = "", file = ""] = key.split("/");
  return `${cluster.replaceAll(".", "-")}-${file.replace(".tfstate", "")}`;
}
