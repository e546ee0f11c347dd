import { compareWithDefault, hasEffect, leavesOf, withOtherLeaf, withoutLeaf } from "../../../cli/verify/dead-values";

test("leaves are scalars, whole lists and empty maps", () => {
  expect(leavesOf({ a: { b: 1, c: [{ d: 2 }] }, e: {}, "f.g": null })).toEqual([
    { path: ["a", "b"], value: 1 },
    { path: ["a", "c"], value: [{ d: 2 }] },
    { path: ["e"], value: {} },
    { path: ["f.g"], value: null },
  ]);
});

test("a leaf is removed alone, from a copy", () => {
  const values = { a: { b: 1, c: 2 }, d: 3 };

  expect(withoutLeaf(values, ["a", "b"])).toEqual({ a: { c: 2 }, d: 3 });
  expect(values).toEqual({ a: { b: 1, c: 2 }, d: 3 });
});

test("a leaf gets another value of its type, in a copy", () => {
  const values = { a: { b: 1, c: true }, d: "x", e: [1], f: "" };

  expect(withOtherLeaf(values, { path: ["a", "b"], value: 1 })).toEqual({ ...values, a: { b: 2, c: true } });
  expect(withOtherLeaf(values, { path: ["a", "c"], value: true })).toEqual({ ...values, a: { b: 1, c: false } });
  expect(withOtherLeaf(values, { path: ["d"], value: "x" })).toEqual({ ...values, d: "x-other" });
  expect(["e", "f"].map((key) => withOtherLeaf(values, { path: [key], value: key === "e" ? [1] : "" }))).toEqual([
    undefined,
    undefined,
  ]);
});

test.each([
  ["equal", { path: ["image", "tag"], value: "1" }, { image: { tag: "1" } }],
  ["equal", { path: ["list"], value: [{ a: 1 }] }, { list: [{ a: 1 }] }],
  ["other", { path: ["image", "tag"], value: "2" }, { image: { tag: "1" } }],
  ["unknown", { path: ["image", "tga"], value: "2" }, { image: { tag: "1" } }],
  ["unknown", { path: ["iamge"], value: "2" }, { image: { tag: "1" } }],
  ["other: the chart's map is open", { path: ["labels", "team"], value: "a" }, { labels: {} }],
  ["other: the chart has a scalar there", { path: ["affinity", "x"], value: 1 }, { affinity: "" }],
])("a leaf compared with the chart's values is %s", (expected, leaf, defaults) => {
  expect(compareWithDefault(leaf, defaults)).toBe(expected.split(":")[0]);
});

test.each([
  ["the same text", "a\nb", "a\nb", "a\nb", false],
  ["another text", "a\nb", "a\nb", "a\nc", true],
  ["another order", "a\nb", "a\nb", "b\na", true],
  ["only the random line differs", "a\npassword: 1", "a\npassword: 2", "a\npassword: 3", false],
  ["another line than the random one differs", "a\npassword: 1", "a\npassword: 2", "b\npassword: 3", true],
  ["a line more beside the random one", "a\npassword: 1", "a\npassword: 2", "a\na\npassword: 3", true],
])("%s: has an effect is decided by what two renders of the same values share", (_, before, again, after, effect) => {
  expect(hasEffect(before, again, after)).toBe(effect);
});
