import fc from "fast-check";
import { type Node, shards, waves } from "../../../operations/affected/order";

const node = (stack: string, after: string[] = [], resources = 1): Node => ({ stack, after, resources });

test("a stack runs after those that it waits for, and a circle does not hang", () => {
  const found = waves([node("a"), node("b", ["a"]), node("c", ["b", "a", "gone"]), node("x", ["y"]), node("y", ["x"])]);

  expect([...found].filter(([stack]) => "abc".includes(stack))).toEqual([
    ["a", 0],
    ["b", 1],
    ["c", 2],
  ]);
});

test("stacks that wait for each other share a shard, in their order", () => {
  expect(shards([node("a"), node("x"), node("b", ["a"]), node("y", ["x"])], 8)).toEqual([
    { resources: 2, stacks: ["a", "b"] },
    { resources: 2, stacks: ["x", "y"] },
  ]);
});

test("shards have about the same number of resources", () => {
  expect(shards([node("a", [], 5), node("b", [], 3), node("c", [], 2), node("d", [], 1)], 2)).toEqual([
    { resources: 6, stacks: ["a", "d"] },
    { resources: 5, stacks: ["b", "c"] },
  ]);
});

test("each stack is in one shard, and no shard waits for another", () => {
  const nodes = fc
    .array(fc.record({ after: fc.array(fc.nat(9)), resources: fc.nat(100) }), { maxLength: 10 })
    .map((all) => all.map(({ after, resources }, index) => node(`${index}`, after.map(String), resources)));
  fc.assert(
    fc.property(nodes, fc.integer({ min: 1, max: 5 }), (all, most) => {
      const found = shards(all, most);
      const shardOf = new Map(found.flatMap(({ stacks }, index) => stacks.map((stack) => [stack, index] as const)));

      expect(found.length).toBeLessThanOrEqual(most);
      expect(found.flatMap(({ stacks }) => stacks).sort()).toEqual(all.map(({ stack }) => stack).sort());
      for (const { stack, after } of all)
        for (const other of after) if (shardOf.has(other)) expect(shardOf.get(other)).toBe(shardOf.get(stack));
    }),
  );
});
