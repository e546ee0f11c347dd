import { z } from "zod";
import { ipv4Block } from "../../../language/words/network";
import { otherValues } from "../../../operations/explain/other-values";

test.each<[string, unknown, z.ZodType | undefined, unknown[]]>([
  ["a switch is flipped", true, z.boolean(), [false]],
  ["a number goes up and down within its bounds", 1, z.int().min(1), [2, 11]],
  ["a word of a list becomes the others", "b", z.enum(["a", "b", "c"]), ["a", "c"]],
  ["a range becomes another aligned range", "10.0.0.0/16", ipv4Block(16, 16), ["10.1.0.0/16", "10.16.0.0/16"]],
  ["a version becomes the next", "v1.9.09", z.string().regex(/^v\d\.\d\.\d\d$/), ["v1.9.10", "v2.9.09"]],
  ["null becomes a value", null, z.int().min(3).max(4).nullable(), [3]],
  ["a list gets an item", [], z.array(z.string()), [["another-value"], ["another.example.com"]]],
  ["a list that must not grow loses an item", ["a", "b"], z.array(z.enum(["a", "b"])).max(2), [["a"], ["b"]]],
  ["a map gets a key", {}, z.record(z.string().regex(/^k/), z.boolean()), [{ "key=value": true }]],
  ["a value of any kind changes too", "x1", undefined, ["x2", "x0"]],
  ["the only value of a key has no other", "eks", z.literal("eks"), []],
])("%s", (_, value, schema, others) => {
  expect(otherValues(value, schema)).toEqual(others);
});

test("where only names are right, nothing else is tried", () => {
  expect(otherValues("b", z.string(), ["a", "b"])).toEqual(["a"]);
});
