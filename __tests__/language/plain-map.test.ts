import * as fc from "fast-check";
import { inKeyOrder, isSameValue } from "../../language/plain-map";

test("two values are the same exactly if their texts are, with their keys in one order", () => {
  const text = (value: unknown): string => JSON.stringify(inKeyOrder(value));
  void fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (a, b) => {
      expect(isSameValue(a, b)).toBe(text(a) === text(b));
      expect(isSameValue({ a, b }, JSON.parse(JSON.stringify({ b, a })))).toBe(true);
    }),
  );
});

test.each([
  [{ a: undefined }, { b: undefined }],
  [[], {}],
  [{ a: 1 }, { a: 1, b: 1 }],
  [null, {}],
  [["a"], ["a", "a"]],
])("%j and %j are not the same", (a, b) => {
  expect([isSameValue(a, b), isSameValue(b, a)]).toEqual([false, false]);
});
