import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { oneOfEvery } from "../../support/jest/cases";
import { type Change, reportsOfChanges } from "./changed-fleet";

interface Case extends Change {
  readonly because: string;
  /** Where AWS, Kubernetes or another project says so. */
  readonly source?: string;
  /** Why nothing is reported although something should be. */
  readonly silent?: string;
}

/** Lists of definitions that cannot work, or that open what nobody means to open. docs/security.md has what each of them measured. */
test.each(["first", "second", "third", "fourth", "siblings"])(
  "refuses or warns about the definitions of %s.yaml",
  (list) => {
    const cases = oneOfEvery(30, parse(readFileSync(`${__dirname}/${list}.yaml`, "utf8")) as Case[]);
    const reports = reportsOfChanges(cases);
    const reported = (index: number): boolean => (reports[index] ?? []).length > 0;
    expect(cases.filter(({ silent }, index) => reported(index) !== (silent === undefined))).toEqual([]);
  },
);

test("accepts the definitions of innocent.yaml", () => {
  const cases = oneOfEvery(3, parse(readFileSync(`${__dirname}/innocent.yaml`, "utf8")) as Change[]);
  expect(reportsOfChanges(cases).flat()).toEqual([]);
});
