import { defineCommand } from "../../shared/command";

export const graph = defineCommand({
  name: "graph",
  summary: "draw stacks and what they hand over, or the resources of a stack",
  details:
    "Without a cluster, it draws the whole fleet. An arrow leads from what is read to what reads it.\nThick arrows are peerings. Dashed arrows show only the order. Dotted lines show connections that are created elsewhere.",
  positionals: [
    { name: "[clusters...]", description: "names or globs of clusters; by default those in CLUSTER_NAME, or all" },
  ],
  flags: {
    stack: { value: "stack", description: "draw the resources of this stack, such as networking, of the one cluster" },
    depth: {
      value: "number",
      description:
        "levels to show: 1 for clusters and 2 for stacks, and for a stack the levels of its constructs; by default as many as stay readable",
    },
    format: {
      choices: ["mermaid", "dot", "svg"],
      default: "mermaid",
      description: "text for Mermaid or Graphviz, or a picture",
    },
    out: { value: "file", description: "write to a file instead of stdout" },
  },
  examples: [
    ["fleet graph", "the stacks of every cluster"],
    ["fleet graph --depth 1", "clusters and their connections"],
    ["fleet graph staging.dev.example.com --stack networking", "the resources of a stack"],
    ["fleet graph staging.dev.example.com --format svg --out staging.svg", "a picture"],
  ],
  run: async (input) => (await import("../../actions/see/graph")).run(input),
});
