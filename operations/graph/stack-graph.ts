import { compareText } from "../../language/problem";
import { referencesIn, textsIn } from "../resources/references";
import type { Resource, StackContent } from "../resources/resource";
import { MOST_NODES } from "./fleet-graph";
import type { Graph, GraphEdge, GraphGroup, GraphNode } from "./report";

/** The id that cdktf gives the main resource of a construct. It is less clear than the construct's own id. */
const MAIN = "Resource";

/** Types that the label of a group lists. */
const LISTED_TYPES = 3;

/** A resource with the ids of its constructs below the stack. */
interface Placed {
  readonly resource: Resource;
  readonly path: readonly string[];
}

/**
 * Returns the resources of a stack with their references. Resources whose constructs are deeper than `depth` are one node.
 *
 * @param wanted levels of constructs; by default as many as keep the graph readable
 */
export function stackGraph(content: StackContent, wanted?: number): Graph {
  const placed = content.resources.map((resource): Placed => ({ resource, path: pathOf(resource) }));
  const deepest = Math.max(1, ...placed.map(({ path }) => path.length));
  const depth = Math.min(wanted ?? readableDepth(placed, deepest), deepest);
  const members = new Map<string, Placed[]>();
  for (const each of placed) {
    const id = nodeId(each, depth);
    members.set(id, [...(members.get(id) ?? []), each]);
  }
  const nodes = [...members].map(([id, [first, ...others]]) => nodeOf(id, first as Placed, others, depth));
  return {
    ...{ version: 1, title: content.stack, depth },
    groups: groupsOf(nodes),
    nodes: nodes.map(({ path: _, ...node }) => node),
    edges: edgesOf(placed, depth),
  };
}

/** Returns the ids below the stack; data without a path, such as the state of another stack, is at the top. */
function pathOf({ name, path }: Resource): readonly string[] {
  const below = path.split("/").slice(1);
  return below.length === 0 ? [name] : below;
}

function readableDepth(placed: readonly Placed[], deepest: number): number {
  for (let depth = deepest; depth > 1; depth -= 1) {
    if (new Set(placed.map((each) => nodeId(each, depth))).size <= MOST_NODES) return depth;
  }
  return 1;
}

/** Returns the address of a resource that is shown, and of a deeper one the path of its group. */
function nodeId({ path, resource }: Placed, depth: number): string {
  return path.length <= depth ? resource.address : `${path.slice(0, depth).join("/")}/`;
}

type PlacedNode = GraphNode & { readonly path: readonly string[] };

function nodeOf(id: string, first: Placed, others: readonly Placed[], depth: number): PlacedNode {
  const { path, resource } = first;
  const within = path.slice(0, Math.min(depth, path.length) - 1);
  const group = within.length === 0 ? null : within.join("/");
  if (path.length <= depth) {
    const name = path.at(-1) === MAIN ? (path.at(-2) ?? MAIN) : (path.at(-1) ?? "");
    const type = resource.mode === "data" ? `data ${resource.type}` : resource.type;
    return { id, lines: [name, type], kind: resource.mode === "data" ? "data" : "resource", group, path: within };
  }
  return { id, lines: [path[depth - 1] ?? "", ...typeLines([first, ...others])], kind: "group", group, path: within };
}

/** Returns the number of resources of each type, the most frequent first. */
function typeLines(members: readonly Placed[]): string[] {
  const counts = new Map<string, number>();
  for (const { resource } of members) counts.set(resource.type, (counts.get(resource.type) ?? 0) + 1);
  const types = [...counts].sort(([a, one], [b, other]) => other - one || compareText(a, b));
  const rest = types.slice(LISTED_TYPES).reduce((sum, [, count]) => sum + count, 0);
  const lines = types.slice(0, LISTED_TYPES).map(([type, count]) => `${count} ${type}`);
  return rest === 0 ? lines : [...lines, `${rest} more`];
}

/** Returns the constructs that contain nodes, each after the one that contains it. */
function groupsOf(nodes: readonly PlacedNode[]): GraphGroup[] {
  const groups = new Map<string, GraphGroup>();
  for (const { path } of nodes) {
    path.forEach((label, index) => {
      const id = path.slice(0, index + 1).join("/");
      const parent = index === 0 ? null : path.slice(0, index).join("/");
      if (!groups.has(id)) groups.set(id, { id, label, parent });
    });
  }
  return [...groups.values()];
}

function edgesOf(placed: readonly Placed[], depth: number): GraphEdge[] {
  const nodes = new Map(placed.map((each) => [each.resource.address, nodeId(each, depth)]));
  const edges = new Map<string, GraphEdge>();
  for (const each of placed) {
    const to = nodeId(each, depth);
    const { body, meta } = each.resource;
    const add = (kind: GraphEdge["kind"], address: string): void => {
      const from = nodes.get(address);
      const key = JSON.stringify([from, to]);
      if (from !== undefined && from !== to && !edges.has(key)) edges.set(key, { from, to, kind });
    };
    for (const { address } of referencesIn([body, meta], nodes)) add("reference", address);
    for (const address of textsIn(meta["depends_on"])) add("order", address);
  }
  return orderedEdges([...edges.values()]);
}

/** References of another member of a group must not come before or after others by chance. */
function orderedEdges(edges: readonly GraphEdge[]): GraphEdge[] {
  return [...edges].sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to));
}
