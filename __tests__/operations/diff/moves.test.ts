import type { PlainMap } from "../../../language/plain-map";
import { diffStack } from "../../../operations/diff/stack-diff";
import { stackContent } from "../../../operations/resources/read-stack";

const eip = (name: string) => ({ resource: { aws_eip: { [name]: {} } } });

function actions(before: PlainMap, after: PlainMap): string[] {
  const { changes, outputs } = diffStack(stackContent("s", before), stackContent("s", after), () => undefined);
  return [
    ...changes.map(({ action, address, from }) => `${action} ${address}${from ? ` from ${from}` : ""}`),
    ...outputs.map(({ output }) => `output ${output}`),
  ];
}

test("a resource moves along a chain of moved blocks", () => {
  const moved = [
    { from: "aws_eip.a", to: "aws_eip.b" },
    { from: "aws_eip.b", to: "aws_eip.c" },
  ];

  expect(actions(eip("a"), { ...eip("c"), moved })).toEqual(["move aws_eip.c from aws_eip.a"]);
});

test("a resource whose new address does not exist is destroyed", () => {
  expect(actions(eip("a"), { moved: [{ from: "aws_eip.a", to: "aws_eip.b" }] })).toEqual(["destroy aws_eip.a"]);
});

test("a reference to a resource that moves is no difference", () => {
  const stack = (name: string) => ({
    resource: {
      aws_vpc: { [name]: { cidr_block: "10.0.0.0/16" } },
      aws_subnet: { s: { vpc_id: `\${aws_vpc.${name}.id}`, cidr_block: "10.0.0.0/24" } },
    },
    output: { vpc_id: { value: `\${aws_vpc.${name}.id}` } },
  });

  expect(actions(stack("a"), { ...stack("b"), moved: [{ from: "aws_vpc.a", to: "aws_vpc.b" }] })).toEqual([
    "move aws_vpc.b from aws_vpc.a",
  ]);
});

test("what an import block adopts is shown", () => {
  const { changes } = diffStack(
    stackContent("s", {}),
    stackContent("s", { ...eip("a"), import: [{ to: "aws_eip.a", id: "eipalloc-1" }] }),
    () => undefined,
  );

  expect(changes[0]?.reasons).toEqual(["an import block adopts eipalloc-1 if it exists"]);
});
