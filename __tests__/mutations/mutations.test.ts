import { mutantOf, verifyMutations } from "./verify";

test("no mutant of a sample crashes, hangs, or is refused without a place", () => {
  expect(verifyMutations({ seed: 1, mutants: 200, each: 20 })).toMatchObject({ mutants: 200, faults: [] });
});

test("the same seed gives the same mutants", () => {
  expect([mutantOf(2, 7).bytes, mutantOf(2, 8).bytes]).toEqual([mutantOf(2, 7).bytes, mutantOf(2, 8).bytes]);
  expect(mutantOf(2, 7).bytes).not.toEqual(mutantOf(3, 7).bytes);
});
