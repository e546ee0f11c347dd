import { cases, oneOfEvery } from "../support/jest/cases";
import { mutantOf, verifyMutations } from "./verify";
import { unchanged, verifyFileMutations, verifyFiles } from "./verify-files";

const MUTANTS = cases({ all: 200, quick: 20 });
const OF_OTHER_FILES = cases({ all: 50, quick: 6 });

test("no mutant of a sample crashes, lasts more than two seconds, or is refused without a place", () => {
  const { accepted, faults, refused, synthesized } = verifyMutations({
    seed: 1,
    mutants: MUTANTS,
    each: cases({ all: 20, quick: 2 }),
  });

  expect(faults).toEqual([]);
  expect(accepted + refused).toBe(MUTANTS);
  expect(Math.min(accepted, refused, synthesized)).toBeGreaterThan(0);
});

test("accepts the files that are mutated, and creates what they decide", () => {
  const files = oneOfEvery(3, unchanged);
  const { accepted, faults, synthesized } = verifyFiles(
    files.length,
    (number) => files[number] ?? { name: "", bytes: Buffer.of() },
    1,
  );

  expect(faults).toEqual([]);
  expect([accepted, synthesized]).toEqual([files.length, files.length]);
});

test("no mutant of another file crashes, lasts more than two seconds, or is refused without a place", () => {
  const { accepted, faults, refused } = verifyFileMutations({ seed: 1, mutants: OF_OTHER_FILES, each: 50 });

  expect(faults).toEqual([]);
  expect(accepted + refused).toBe(OF_OTHER_FILES);
  expect(Math.min(accepted, refused)).toBeGreaterThan(0);
});

test("the same seed gives the same mutants", () => {
  expect([mutantOf(2, 7).bytes, mutantOf(2, 8).bytes]).toEqual([mutantOf(2, 7).bytes, mutantOf(2, 8).bytes]);
  expect(mutantOf(2, 7).bytes).not.toEqual(mutantOf(3, 7).bytes);
});
