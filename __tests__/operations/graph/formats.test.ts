import fc from "fast-check";
import { dotOf } from "../../../operations/graph/dot";
import { mermaidOf } from "../../../operations/graph/mermaid";
import type { Graph } from "../../../operations/graph/report";
import { anyGraph } from "../../support/drawings/graphs";
import { graphviz } from "../../support/drawings/graphviz";
import { readFlowchart } from "../../support/drawings/mermaid";
import { elementsOf, readXml } from "../../support/drawings/xml";
import { cases } from "../../support/jest/cases";

const GRAPH: Graph = {
  version: 1,
  title: "a fleet",
  depth: 2,
  groups: [
    { id: "outer", label: "outer", parent: null },
    { id: "outer/inner", label: "inner", parent: "outer" },
  ],
  nodes: [
    { id: "a", lines: ["a", "aws_vpc"], kind: "resource", group: "outer/inner" },
    { id: "b", lines: ["b"], kind: "data", group: "outer" },
    { id: "c", lines: ["c"], kind: "stack", group: null },
    { id: "d", lines: ["d"], kind: "cluster", group: null },
    { id: "e", lines: ["e"], kind: "group", group: null },
  ],
  edges: [
    { from: "a", to: "b", kind: "reference" },
    { from: "a", to: "c", kind: "order" },
    { from: "c", to: "d", kind: "peering" },
    { from: "d", to: "e", kind: "connected" },
    { from: "b", to: "c", kind: "handover" },
  ],
};

/** Returns a text with question marks in place of characters that cannot be shown. */
const shown = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");

test("Mermaid's text has a shape for each kind of node, and an arrow for each kind of edge", () => {
  expect(mermaidOf(GRAPH).split("\n")).toEqual([
    "flowchart LR",
    '  n3["c"]',
    '  n4(["d"])',
    '  n5[["e"]]',
    '  subgraph g1["outer"]',
    '    n2[/"b"/]',
    '    subgraph g2["inner"]',
    '      n1["a<br/>aws_vpc"]',
    "    end",
    "  end",
    "  n1 --> n2",
    "  n1 -.-> n3",
    "  n3 ==> n4",
    "  n4 -.- n5",
    "  n2 --> n3",
    "",
  ]);
});

test("names are escaped for Mermaid as numeric entities", () => {
  const lines = ['a["x"]; --> `b` #35; <i> & \\'];
  const node = { id: "a", lines, kind: "stack" as const, group: null };

  expect(mermaidOf({ ...GRAPH, groups: [], edges: [], nodes: [node] })).toBe(
    'flowchart LR\n  n1["a#91;#34;x#34;#93;#59; --#62; #96;b#96; #35;35#59; #60;i#62; #38; #92;"]\n',
  );
});

test("whatever nodes, groups and lines are called, Mermaid's text has each of them once", () => {
  fc.assert(
    fc.property(anyGraph, (graph) => {
      const read = readFlowchart(mermaidOf(graph));
      const label = (lines: readonly string[]): string => lines.map(shown).join("\n") || "?";
      const labels = new Map(graph.nodes.map(({ id, lines }) => [id, label(lines)]));

      expect(read.nodes.map((node) => node.label).sort()).toEqual([...labels.values()].sort());
      expect(read.groups.slice().sort()).toEqual(graph.groups.map((group) => label([group.label])).sort());
      expect(read.edges.map(([from, , to]) => [from, to])).toEqual(
        graph.edges.map(({ from, to }) => [labels.get(from), labels.get(to)]),
      );
    }),
  );
});

test("whatever nodes, groups and lines are called, Graphviz draws the text of each, and nothing else", async () => {
  const graphs = fc.sample(anyGraph, { numRuns: cases({ all: 30, quick: 8 }), seed: 7 });
  const pictures = await graphviz(graphs.map(dotOf));

  expect(pictures).toHaveLength(graphs.length);
  for (const [index, { edges, groups, nodes }] of graphs.entries()) {
    const svg = readXml(pictures[index] ?? "");
    // Graphviz does not draw groups without nodes.
    const isDrawn = ({ id }: (typeof groups)[number]): boolean =>
      nodes.some(({ group }) => group === id) || groups.some((each) => each.parent === id && isDrawn(each));
    const lines = [...nodes.flatMap((node) => node.lines), ...groups.filter(isDrawn).map(({ label }) => label)].map(
      shown,
    );
    const drawn = elementsOf(svg, "g").map((element) => element.getAttribute("class"));
    const count = (name: string): number => drawn.filter((each) => each === name).length;
    expect(textsOf(svg)).toEqual(lines.filter((line) => line.trim() !== "").sort());
    expect([count("node"), count("edge")]).toEqual([nodes.length, edges.length]);
  }
});

test("a picture is XML that shows the text as it is", async () => {
  const lines = ['<b> & "q" \\N &lt; -->', "second"];
  const node = { id: 'x"y', lines, kind: "stack" as const, group: null };
  const [svg = ""] = await graphviz([dotOf({ ...GRAPH, groups: [], edges: [], nodes: [node] })]);

  expect(textsOf(readXml(svg))).toEqual(lines);
});

/** Returns the texts that a picture shows, sorted, without blank ones. */
function textsOf(svg: ReturnType<typeof readXml>): readonly string[] {
  const texts = elementsOf(svg, "text").map(({ textContent }) => textContent ?? "");
  return texts.filter((text) => text.trim() !== "").sort();
}
