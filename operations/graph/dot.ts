import { type Nested, numbered } from "./numbered";
import type { Graph, GraphEdge, GraphNode } from "./report";

/** Returns a quoted label of DOT. Graphviz reads HTML entities and backslashes in labels, so both are escaped. */
function quoted(lines: readonly string[]): string {
  const text = lines.map((line) =>
    line
      .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?")
      .replaceAll("\\", "\\\\")
      .replaceAll('"', '\\"')
      .replaceAll("&", "&amp;"),
  );
  return `"${text.join("\\n")}"`;
}

/** Ids that are shown in a picture as they are. */
const PLAIN = /^[\w./-]+$/;

const NODE_STYLES: Readonly<Record<GraphNode["kind"], string>> = {
  cluster: 'shape=box, style="rounded,filled", fillcolor="#dbe7f5"',
  stack: 'shape=box, style=filled, fillcolor="#dbe7f5"',
  resource: 'shape=box, style=filled, fillcolor="#ffffff"',
  data: 'shape=box, style="filled,dashed", fillcolor="#f4f4f4"',
  group: 'shape=box3d, style=filled, fillcolor="#eef2e6"',
};

const EDGE_STYLES: Readonly<Record<GraphEdge["kind"], string>> = {
  handover: 'color="#2f6db3"',
  reference: 'color="#555555"',
  order: 'color="#555555", style=dashed',
  peering: 'color="#c06000", penwidth=2',
  connected: 'color="#c06000", style=dotted, arrowhead=none',
};

/** Returns a graph in DOT, the language of Graphviz. */
export function dotOf(graph: Graph): string {
  const { groupName, groups, nameOf, nodes } = numbered(graph);
  // Screen readers read a node's name. A number that is no plain id cannot be the id of another node.
  const name = (id: string): string => (PLAIN.test(id) ? `"${id}"` : `"#${nameOf(id)}"`);
  const node = ({ id, kind, lines }: GraphNode, indent: string): string =>
    `${indent}${name(id)} [label=${quoted(lines)}, tooltip=${quoted([id])}, ${NODE_STYLES[kind]}];`;
  const group = (each: Nested, indent: string): string[] => [
    `${indent}subgraph cluster_${groupName(each.id)} {`,
    `${indent}  label=${quoted([each.label])};`,
    ...each.nodes.map((inner) => node(inner, `${indent}  `)),
    ...each.groups.flatMap((inner) => group(inner, `${indent}  `)),
    `${indent}}`,
  ];
  const lines = [
    `digraph ${quoted([graph.title])} {`,
    '  graph [rankdir=LR, fontname="Helvetica", style="rounded", color="#9aa5b1"];',
    '  node [fontname="Helvetica", fontsize=11];',
    ...nodes.map((each) => node(each, "  ")),
    ...groups.flatMap((each) => group(each, "  ")),
    ...graph.edges.map(({ from, kind, to }) => `  ${name(from)} -> ${name(to)} [${EDGE_STYLES[kind]}];`),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}
