import { GUARD_RULES } from "../../../fleet/schema/guard";
import { CASES } from "./corpus/cases";
import { readCorpus } from "./corpus/corpus";
import { judge, rulesOf } from "./support";

const CORPUS = readCorpus();
const DANGEROUS = CASES.filter(({ rules }) => rules.length > 0);
const SAFE = CASES.filter(({ rules }) => rules.length === 0);

/** Rules that need several plans; their own tests are in whole-fleet.test.ts. */
const OF_SEVERAL_PLANS = ["clusters-at-once", "stack-in-use"];

/** Rules about what only a later Terraform plans; their tests are in openings.test.ts. */
const OF_LATER_TERRAFORM = ["run-action"];

const judged = ({ id, settings }: (typeof CASES)[number]) =>
  judge({ [`${id}.json`]: CORPUS[id] ?? {} }, { development: settings ?? {} });

test("the corpus has at least 60 dangerous plans and 60 safe ones, each once", () => {
  expect(new Set(CASES.map(({ id }) => id)).size).toBe(CASES.length);
  expect(DANGEROUS.length).toBeGreaterThanOrEqual(60);
  expect(SAFE.length).toBeGreaterThanOrEqual(60);
  expect(Object.keys(CORPUS).sort()).toEqual(CASES.map(({ id }) => id).sort());
});

test("every rule of a single plan stops at least one plan of the corpus", () => {
  const found = new Set<string>(DANGEROUS.flatMap(({ rules }) => rules));

  expect(GUARD_RULES.filter((rule) => !found.has(rule))).toEqual(
    GUARD_RULES.filter((rule) => [...OF_SEVERAL_PLANS, ...OF_LATER_TERRAFORM].includes(rule)),
  );
});

test.each(DANGEROUS)("stops: $id", (each) => {
  const report = judged(each);

  expect([report.passed, rulesOf(report)]).toEqual([false, [...each.rules].sort()]);
});

test.each(SAFE)("passes: $id", (each) => {
  const report = judged(each);

  expect([report.passed, report.findings]).toEqual([true, []]);
});

test("no report contains a sensitive value", () => {
  const text = CASES.map((each) => JSON.stringify(judged(each))).join("\n");

  expect(text).not.toContain("NEVER-PRINT");
});
