import { graphReport } from "../../../operations/graph/report";
import { stackGraph } from "../../../operations/graph/stack-graph";
import { stackContent } from "../../../operations/resources/read-stack";

const at = (path: string, rest: object = {}) => ({ "//": { metadata: { path: `s/${path}` } }, ...rest });

const STACK = stackContent("s", {
  data: { terraform_remote_state: { networking: {} } },
  resource: {
    aws_vpc: { network: at("network/Resource") },
    aws_subnet: {
      a: at("network/subnets/a", { vpc_id: "${aws_vpc.network.id}" }),
      b: at("network/subnets/b", { vpc_id: "${aws_vpc.network.id}", depends_on: ["aws_subnet.a"] }),
    },
    aws_eip: { nat: at("nat/address", { depends_on: ["aws_vpc.network"] }) },
    aws_nat_gateway: {
      nat: at("nat/Resource", {
        allocation_id: "${aws_eip.nat.id}",
        subnet_id: "${aws_subnet.a.id}",
        depends_on: ["aws_eip.nat"],
        tags: { text: "aws_subnet.b is no reference", state: "${data.terraform_remote_state.networking.outputs.x}" },
      }),
    },
  },
});

const nodes = (depth?: number) => stackGraph(STACK, depth).nodes.map(({ id, group, lines }) => [id, group, lines]);
const edges = (depth?: number) => stackGraph(STACK, depth).edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`);

test("has every resource with its type, in its constructs", () => {
  expect(graphReport.parse(stackGraph(STACK))).toEqual(stackGraph(STACK));
  expect(nodes()).toEqual([
    ["aws_eip.nat", "nat", ["address", "aws_eip"]],
    ["aws_nat_gateway.nat", "nat", ["nat", "aws_nat_gateway"]],
    ["aws_subnet.a", "network/subnets", ["a", "aws_subnet"]],
    ["aws_subnet.b", "network/subnets", ["b", "aws_subnet"]],
    ["aws_vpc.network", "network", ["network", "aws_vpc"]],
    ["data.terraform_remote_state.networking", null, ["networking", "data terraform_remote_state"]],
  ]);
  expect(stackGraph(STACK).groups).toEqual([
    { id: "nat", label: "nat", parent: null },
    { id: "network", label: "network", parent: null },
    { id: "network/subnets", label: "subnets", parent: "network" },
  ]);
});

test("an arrow leads from what is referenced to what references it, and a reference counts more than an order", () => {
  expect(edges()).toEqual([
    "aws_eip.nat reference aws_nat_gateway.nat",
    "aws_subnet.a reference aws_nat_gateway.nat",
    "aws_subnet.a order aws_subnet.b",
    "aws_vpc.network order aws_eip.nat",
    "aws_vpc.network reference aws_subnet.a",
    "aws_vpc.network reference aws_subnet.b",
    "data.terraform_remote_state.networking reference aws_nat_gateway.nat",
  ]);
});

test("resources of deeper constructs are one node, with one arrow to each other node and none to itself", () => {
  expect(nodes(2).filter(([, group]) => group === "network")).toEqual([
    ["network/subnets/", "network", ["subnets", "2 aws_subnet"]],
    ["aws_vpc.network", "network", ["network", "aws_vpc"]],
  ]);
  expect(edges(2)).toEqual([
    "aws_eip.nat reference aws_nat_gateway.nat",
    "aws_vpc.network order aws_eip.nat",
    "aws_vpc.network reference network/subnets/",
    "data.terraform_remote_state.networking reference aws_nat_gateway.nat",
    "network/subnets/ reference aws_nat_gateway.nat",
  ]);
  expect(edges(1)).toEqual(["data.terraform_remote_state.networking reference nat/", "network/ order nat/"].sort());
  expect(stackGraph(STACK, 9).depth).toBe(3);
});

test("a group lists its 3 most frequent types, and counts the rest", () => {
  const types = { aws_a: 1, aws_b: 3, aws_c: 2, aws_d: 1, aws_e: 2 };
  const resource = Object.fromEntries(
    Object.entries(types).map(([type, count]) => [
      type,
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, at(`g/${type}-${index}/Resource`)])),
    ]),
  );

  expect(stackGraph(stackContent("s", { resource }), 1).nodes.map(({ lines }) => lines)).toEqual([
    ["g", "3 aws_b", "2 aws_c", "2 aws_e", "2 more"],
  ]);
});

test.each([
  [100, 2],
  [101, 1],
])("a stack of %i resources in one construct is shown at depth %i", (count, depth) => {
  const aws_vpc = Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, at(`g/x${index}`)]));

  expect(stackGraph(stackContent("s", { resource: { aws_vpc } })).depth).toBe(depth);
});

test("an empty stack is an empty graph", () => {
  expect(stackGraph(stackContent("s", {}))).toEqual({
    version: 1,
    title: "s",
    depth: 1,
    groups: [],
    nodes: [],
    edges: [],
  });
});
