import { z } from "zod";
import type { DeepReadonly } from "../../fleet/model/cluster";

const node = z.object({
  id: z.string().describe("Name of the node in this graph: a cluster, a stack, or an address or a path of a stack."),
  lines: z.array(z.string()).describe("What the node shows, line by line."),
  kind: z
    .enum(["cluster", "stack", "resource", "data", "group"])
    .describe("`data` is only read. `group` stands for several resources."),
  group: z.string().nullable().describe("Id of the group that contains the node."),
});

const group = z.object({
  id: z.string(),
  label: z.string(),
  parent: z.string().nullable().describe("Id of the group that contains this one."),
});

const edge = z.object({
  from: z.string().describe("Id of the node that is read, or must exist first."),
  to: z.string().describe("Id of the node that reads it, or comes after it."),
  kind: z
    .enum(["handover", "order", "peering", "connected", "reference"])
    .describe(
      "`handover`: reads outputs from the state. `order`: only comes after. `peering`: reads outputs of another cluster's network. `connected`: connected elsewhere. `reference`: refers to the resource.",
    ),
});

/** The answer of `fleet graph`. */
export const graphReport = z.object({
  version: z.literal(1).describe("Version of this format. It is raised if a property changes or disappears."),
  title: z.string(),
  depth: z.int().describe("Levels that are shown; what is deeper is in a node of kind `group`."),
  groups: z.array(group),
  nodes: z.array(node),
  edges: z.array(edge),
});

export type Graph = DeepReadonly<z.output<typeof graphReport>>;
export type GraphNode = Graph["nodes"][number];
export type GraphGroup = Graph["groups"][number];
export type GraphEdge = Graph["edges"][number];
