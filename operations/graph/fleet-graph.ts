import type { Cluster } from "../../fleet/model/cluster";
import { STACKS, type StackName, stackId } from "../../fleet/model/stacks";
import { makesConnections } from "../../fleet/network/existing-vpc";
import { ownStacks, stacksOf } from "../../fleet/stacks/own-stacks";
import type { Graph, GraphEdge } from "./report";

interface Order {
  /** Stacks whose states this stack reads. */
  readonly reads: readonly StackName[];
  /** Stacks that are applied before this one, although it does not read their states. */
  readonly follows: readonly StackName[];
}

/** The order of the program's own stacks. */
const BEFORE: Readonly<Partial<Record<StackName, Order>>> = {
  networking: { reads: [], follows: [] },
  "eks-cluster": { reads: ["networking"], follows: [] },
  "eks-workers": { reads: ["networking", "eks-cluster"], follows: [] },
  addons: { reads: ["networking", "eks-cluster"], follows: ["eks-workers"] },
};

function orderOf(stack: StackName): Order {
  const own = ownStacks().find(({ name }) => name === stack);
  return BEFORE[stack] ?? { reads: own?.reads ?? [], follows: ["addons"] };
}

/** Depths of the graph of a fleet: clusters, and their stacks. */
export const FLEET_DEPTHS = [1, 2] as const;
export type FleetDepth = (typeof FLEET_DEPTHS)[number];

/** Nodes that a picture can have and still be read. */
export const MOST_NODES = 100;

/**
 * Returns the stacks of clusters, or the clusters alone, with the values that they pass to each other.
 *
 * @param selected the clusters that the graph is about; clusters that they are connected with appear too
 * @param clusters every cluster
 * @param wanted by default, stacks are shown if the graph stays readable
 */
export function fleetGraph(
  title: string,
  selected: readonly Cluster[],
  clusters: readonly Cluster[],
  wanted?: FleetDepth,
): Graph {
  const links = clusters.flatMap((cluster) => linksOf(cluster, clusters));
  const own = new Set(selected.map(({ name }) => name));
  const shown = links.filter(({ reader, source }) => own.has(reader.name) || own.has(source.name));
  const near = new Set([...own, ...shown.flatMap(({ reader, source }) => [reader.name, source.name])]);
  const visible = clusters.filter(({ name }) => near.has(name));
  const depth = wanted ?? (selected.length * STACKS.length > MOST_NODES ? 1 : 2);
  if (depth === 1) {
    return {
      ...{ version: 1, title, depth, groups: [] },
      nodes: visible.map(({ name, tfvars, account }) => ({
        id: name,
        lines: [name, `${account.name}, ${tfvars.common.aws_region}`],
        kind: "cluster",
        group: null,
      })),
      edges: shown.map(({ kind, reader, source }) => ({ from: source.name, to: reader.name, kind })),
    };
  }
  return {
    ...{ version: 1, title, depth },
    groups: visible.map(({ name }) => ({ id: name, label: name, parent: null })),
    // Of a cluster that is only connected with a selected one, its network matters.
    nodes: visible.flatMap((cluster) =>
      stacksOf(cluster)
        .filter((stack) => own.has(cluster.name) || stack === "networking")
        .map((stack) => ({
          id: stackId(cluster.slug, stack),
          lines: [stack],
          kind: "stack" as const,
          group: cluster.name,
        })),
    ),
    edges: [
      ...selected.flatMap(stackEdges),
      ...shown.map(({ kind, reader, source }) => ({
        from: stackId(source.slug, "networking"),
        to: stackId(reader.slug, "networking"),
        kind,
      })),
    ],
  };
}

function stackEdges(cluster: Cluster): GraphEdge[] {
  const { slug } = cluster;
  return stacksOf(cluster).flatMap((stack) => {
    const edge = (kind: "handover" | "order") => (other: StackName) => ({
      from: stackId(slug, other),
      to: stackId(slug, stack),
      kind,
    });
    const { follows, reads } = orderOf(stack);
    return [...reads.map(edge("handover")), ...follows.map(edge("order"))];
  });
}

interface Link {
  readonly source: Cluster;
  readonly reader: Cluster;
  readonly kind: "peering" | "connected";
}

/** Returns the other clusters that a cluster names, each once. */
function linksOf(reader: Cluster, clusters: readonly Cluster[]): Link[] {
  const { connected_to, vpc_peering_connections } = reader.tfvars.networking;
  const peered = makesConnections(reader.tfvars.networking)
    ? new Set(vpc_peering_connections.flatMap(({ cluster }) => cluster ?? []))
    : new Set<string>();
  return clusters.flatMap((source): Link[] => {
    if (peered.has(source.name)) return [{ source, reader, kind: "peering" }];
    return connected_to.includes(source.name) ? [{ source, reader, kind: "connected" }] : [];
  });
}
