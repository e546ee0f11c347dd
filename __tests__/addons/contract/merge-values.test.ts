import { mergeValues } from "../../../addons/contract/merge-values";

describe("mergeValues", () => {
  test.each([
    ["a scalar", { a: 1 }, { a: 2 }, { a: 2 }],
    [
      "zero, false and empty text, which are values",
      { a: 1, b: true, c: "x" },
      { a: 0, b: false, c: "" },
      { a: 0, b: false, c: "" },
    ],
    ["a list as a whole", { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ["a map key by key", { a: { b: 1, c: { d: 1 } } }, { a: { c: { e: 2 } } }, { a: { b: 1, c: { d: 1, e: 2 } } }],
    ["a map by a scalar", { a: { b: 1 } }, { a: "x" }, { a: "x" }],
    ["by null, which takes away", { a: { b: 1, c: 2 } }, { a: { b: null } }, { a: { c: 2 } }],
  ])("replaces %s", (_what, ours, theirs, merged) => {
    expect(mergeValues(ours, theirs)).toEqual(merged);
  });

  test("changes neither side", () => {
    const ours = { a: { b: 1 } };
    const theirs = { a: { c: 2 } };
    mergeValues(ours, theirs);

    expect([ours, theirs]).toEqual([{ a: { b: 1 } }, { a: { c: 2 } }]);
  });
});
