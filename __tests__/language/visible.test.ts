import fc from "fast-check";
import { problemReport } from "../../cli/shared/problem-report";
import { DefinitionError, formatProblem, type Problem, visible } from "../../language/problem";
import { problemsOf, SMALLEST } from "../support/definitions";

const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;

test("text has no control character, and keeps all others", () => {
  // The first plane, and the tags, which are in another.
  for (let code = 0; code <= 0xe_01_ff; code = code === 0xff_ff ? 0xe_00_00 : code + 1) {
    const character = String.fromCodePoint(code);
    const shown = visible(character);
    if (INVISIBLE.test(shown) || (shown !== character) !== INVISIBLE.test(character))
      throw new Error(`U+${code.toString(16)} becomes ${JSON.stringify(shown)}`);
  }
});

test("a formatted problem has no control character in its file, path and message", () => {
  const character = fc.constantFrom(
    "\u001b",
    "\n",
    "\r",
    "\t",
    "\u0085",
    "\u200b",
    "\u202e",
    "\u2028",
    "\ue000",
    "\ud800",
  );
  fc.assert(
    fc.property(character, character, character, (file, path, message) => {
      const problem = {
        rule: "invalid-value",
        severity: "error",
        place: { file, line: 1, column: 1 },
        path,
        message,
      } as const;
      expect(formatProblem(problem)).not.toMatch(INVISIBLE);
    }),
  );
});

test("the names of items and files, keys and values are written with escapes", () => {
  const esc = "\\e[31m\\u202E";
  const shown = "\\u001b[31m\\u202e";
  const problems = problemsOf({
    "clusters/a.example.com.yaml": `${SMALLEST}    - { name: "${esc}", "${esc}": 1, ami_type: "${esc}" }\n`,
    "clusters/x\u001b[31m\n.yaml": "[",
  });

  expect(problems.join("\n").replaceAll("\n", "")).not.toMatch(INVISIBLE);
  expect(problems.some((line) => line.includes(`[${shown}].ami_type`))).toBe(true);
  expect(problems.some((line) => line.startsWith("clusters/x\\u001b[31m\\u000a.yaml:1:"))).toBe(true);
});

test("the first 200 problems of a file are printed, with the number of further ones", () => {
  const problem = {
    rule: "invalid-value",
    severity: "error",
    place: { file: "x.yaml", line: 1, column: 1 },
    path: "",
    message: "x",
  } as const;
  const other = { ...problem, place: { ...problem.place, file: "y.yaml" } };
  const error = new DefinitionError([...Array<Problem>(19_000).fill(problem), other]);

  expect(error.problems).toHaveLength(19_001);
  const lines = error.message.split("\n");
  expect([lines.length, ...lines.slice(-2)]).toEqual([202, "y.yaml:1:1 error: x", "x.yaml: 18800 more problems"]);
  const report = problemReport(error.problems, { colours: false, width: undefined }, () => undefined).split("\n");
  expect(report.slice(-3)).toEqual(["y.yaml:1:1 error: x", "x.yaml: 18800 more problems", "19001 errors"]);
});

test("only the beginning of a word of 400 characters or more is printed", () => {
  const print = (path: string) =>
    formatProblem({ rule: "invalid-value", severity: "error", place: null, path, message: "x" });

  expect(print("a".repeat(398))).toBe(`error: ${"a".repeat(398)}: x`);
  expect(print("a".repeat(20_000))).toBe(`error: ${"a".repeat(100)}... x`);
});
