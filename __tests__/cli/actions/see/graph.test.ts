import { readFileSync } from "node:fs";
import { join } from "node:path";
import { graphReport } from "../../../../operations/graph/report";
import { readFlowchart } from "../../../support/drawings/mermaid";
import { runFleet } from "../../../support/run-fleet";
import { type Run, scratch } from "../../../support/run-program";

const work = scratch();
afterAll(() => work.remove());

const graph = (...args: string[]): Promise<Run> => runFleet(["graph", ...args]);

test("a cluster is drawn with its four stacks", async () => {
  expect((await graph("staging.*")).stdout.split("\n")).toEqual([
    "flowchart LR",
    '  subgraph g1["staging.dev.example.com"]',
    '    n1["networking"]',
    '    n2["eks-cluster"]',
    '    n3["eks-workers"]',
    '    n4["addons"]',
    "  end",
    "  n1 --> n2",
    "  n1 --> n3",
    "  n2 --> n3",
    "  n1 --> n4",
    "  n2 --> n4",
    "  n3 -.-> n4",
    "",
  ]);
});

test("the fleet is drawn with its peerings", async () => {
  const { edges, nodes } = readFlowchart((await graph("--depth", "1")).stdout);

  expect(nodes).toHaveLength(17);
  expect(
    edges.filter(([, arrow]) => arrow === "==>").map(([from, , to]) => [from.split("\n")[0], to.split("\n")[0]]),
  ).toEqual([
    ["batch.eks.example.com", "private.eks.example.com"],
    ["batch.eks.example.com", "shared.eks.example.com"],
  ]);
});

test("a stack is drawn with its resources, by either of its names", async () => {
  const { code, stdout } = await graph("staging.*", "--stack", "networking");

  expect(code).toBe(0);
  expect(readFlowchart(stdout).edges).toContainEqual(["network\naws_vpc", "-->", "private-eu-west-1a\naws_subnet"]);
  expect((await graph("--stack", "staging-dev-example-com-networking")).stdout).toBe(stdout);
});

test("the graph is JSON that fits its schema", async () => {
  const answer: unknown = JSON.parse((await graph("staging.*", "--json")).stdout);

  expect(graphReport.parse(answer)).toEqual(answer);
});

test("a file is written", async () => {
  const out = join(work.path, "staging.dot");

  expect(await graph("staging.*", "--format", "dot", "--out", out)).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(readFileSync(out, "utf8")).toBe((await graph("staging.*", "--format", "dot")).stdout);
});

test.each([
  ["staging.* --depth 0", '--depth must be a number from 1 to 99, but is "0"'],
  ["staging.* --depth two", '--depth must be a number from 1 to 99, but is "two"'],
  ["staging.* --stack networkin", 'no stack is named "networkin". Did you mean "networking"?'],
  ["staging.* --stack vpc", 'no stack is named "vpc". Stacks: networking, eks-cluster, eks-workers, addons'],
  [
    "staging.* --stack staging-dev-example-com-adons",
    'no stack is named "staging-dev-example-com-adons". Did you mean "staging-dev-example-com-addons"?',
  ],
  ["s* --stack addons", "--stack addons is in 3 clusters. Name one cluster, such as shared.eks.example.com"],
])("%s is refused", async (line, message) => {
  expect(await graph(...line.split(" "))).toEqual({ code: 1, stdout: "", stderr: `${message}\n` });
});
