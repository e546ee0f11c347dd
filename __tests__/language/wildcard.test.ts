import fc from "fast-check";
import { matchesWildcards } from "../../language/wildcard";

test("matches as a regular expression does, in which * is any text and ? is one character", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 });
  const words = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });
  fc.assert(
    fc.property(letters, words, (pattern, text) => {
      const expected = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
      expect(matchesWildcards(pattern, text, { one: true })).toBe(expected);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test("? is itself by default", () => {
  expect([matchesWildcards("a?", "ab"), matchesWildcards("a?", "a?")]).toEqual([false, true]);
});

test("ends for many wildcards", () => {
  expect(matchesWildcards(`${"*a".repeat(30)}b`, "a".repeat(60))).toBe(false);
});
