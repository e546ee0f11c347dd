import { mutantOf, verifyMutations } from "./verify";

test("no mutant of a sample crashes, lasts more than two seconds, or is refused without a place", () => {
  const { accepted, faults, refused, synthesized } = verifyMutations({ seed: 1, mutants: 200, each: 20 });

  expect(faults).toEqual([]);
  expect(accepted + refused).toBe(200);
  expect(Math.min(accepted, refused, synthesized)).toBeGreaterThan(0);
});

test("the same seed gives the same mutants", () => {
  expect([mutantOf(2, 7).bytes, mutantOf(2, 8).bytes]).toEqual([mutantOf(2, 7).bytes, mutantOf(2, 8).bytes]);
  expect(mutantOf(2, 7).bytes).not.toEqual(mutantOf(3, 7).bytes);
});
