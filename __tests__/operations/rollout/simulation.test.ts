import { cases, oneOfEvery } from "../../support/jest/cases";
import { MISTAKES } from "./simulation/mistakes";
import { programWith } from "./simulation/program-with";
import { Broken } from "./simulation/promises";
import { simulate } from "./simulation/simulate";

const SMALL = { seed: 1, clusters: cases({ all: 24, quick: 12 }), days: 60 };

test("two months of rollouts with failures, dead runners, wrong clocks and emergencies keep every promise", async () => {
  const { counts } = await simulate(SMALL);

  // A simulation in which nothing happens would keep its promises too.
  for (const what of [
    "started",
    "dead runner",
    "wrong clock",
    "corrected clock",
    "emergency",
    "halted",
    "renewed",
    "late result",
    "keep",
    "retry",
  ])
    expect([what, (counts[what] ?? 0) > 0]).toEqual([what, true]);
});

test("the same seed gives the same records, and another seed others", async () => {
  const options = { seed: 7, clusters: cases({ all: 10, quick: 5 }), days: cases({ all: 15, quick: 8 }) };
  const [first, again, other] = [
    await simulate(options),
    await simulate(options),
    await simulate({ ...options, seed: 8 }),
  ];

  expect(again.fingerprint).toBe(first.fingerprint);
  expect(other.fingerprint).not.toBe(first.fingerprint);
});

/** Returns the promise that a simulation finds broken, with the first of some seeds that finds one. */
async function brokenBy(program: ReturnType<typeof programWith>): Promise<string> {
  for (const seed of [1, 2, 3, 4]) {
    try {
      await simulate({ seed, clusters: 30, days: 45, program });
    } catch (error) {
      if (error instanceof Broken) return error.promise;
      throw error;
    }
  }
  return "none";
}

test.each(oneOfEvery(30, MISTAKES))("the simulation notices that $name", async ({ breaks, ...mistake }) => {
  const broken = await brokenBy(programWith(mistake));

  expect(breaks).toContain(broken);
});
