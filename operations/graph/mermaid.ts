import { type Nested, numbered } from "./numbered";
import type { Graph, GraphEdge, GraphNode } from "./report";

/** Characters that mean something in Mermaid's text or in the HTML that it becomes, or that end the line. */
const SPECIAL = /[^\p{L}\p{N} .,:/_()+=@-]/gu;

/** Returns a label's text for Mermaid: everything unusual is a numeric entity, and what cannot be shown is a question mark. */
function mermaidText(text: string): string {
  return text.replace(SPECIAL, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return /[\p{C}\p{Zl}\p{Zp}]/u.test(character) ? "?" : `#${code};`;
  });
}

/** Returns a quoted label. Mermaid does not accept an empty one. */
function label(lines: readonly string[]): string {
  return `"${lines.map(mermaidText).join("<br/>") || "?"}"`;
}

const SHAPES: Readonly<Record<GraphNode["kind"], readonly [string, string]>> = {
  cluster: ["([", "])"],
  stack: ["[", "]"],
  resource: ["[", "]"],
  data: ["[/", "/]"],
  group: ["[[", "]]"],
};

const ARROWS: Readonly<Record<GraphEdge["kind"], string>> = {
  handover: "-->",
  reference: "-->",
  order: "-.->",
  peering: "==>",
  connected: "-.-",
};

/** Returns a graph as a Mermaid flowchart. */
export function mermaidOf(graph: Graph): string {
  const { groupName, groups, nameOf, nodes } = numbered(graph);
  const node = ({ id, kind, lines }: GraphNode, indent: string): string => {
    const [open, close] = SHAPES[kind];
    return `${indent}${nameOf(id)}${open}${label(lines)}${close}`;
  };
  const group = (each: Nested, indent: string): string[] => [
    `${indent}subgraph ${groupName(each.id)}[${label([each.label])}]`,
    ...each.nodes.map((inner) => node(inner, `${indent}  `)),
    ...each.groups.flatMap((inner) => group(inner, `${indent}  `)),
    `${indent}end`,
  ];
  const lines = [
    "flowchart LR",
    ...nodes.map((each) => node(each, "  ")),
    ...groups.flatMap((each) => group(each, "  ")),
    ...graph.edges.map(({ from, kind, to }) => `  ${nameOf(from)} ${ARROWS[kind]} ${nameOf(to)}`),
  ];
  return `${lines.join("\n")}\n`;
}
