import { problemReport } from "../../../cli/shared/problem-report";
import type { Terminal } from "../../../cli/shared/terminal";
import type { Problem } from "../../../language/problem";

const PIPE: Terminal = { colours: false, width: undefined };
const NARROW: Terminal = { colours: false, width: 40 };

const at = (line: number, column: number, more: Partial<Problem> = {}): Problem => ({
  rule: "invalid-value",
  severity: "error",
  place: { file: "x.yaml", line, column },
  path: "a.b",
  message: "is wrong",
  ...more,
});

/** The report, where every line of every file has this text. */
const report = (problems: readonly Problem[], terminal: Terminal, text: string | undefined): string[] =>
  problemReport(problems, terminal, () => text).split("\n");

test("a problem is followed by the line that it is about, with a mark below its column, and by the count", () => {
  expect(report([at(11, 3)], PIPE, "  b: 7")).toEqual([
    "x.yaml:11:3 error: a.b: is wrong",
    "   11 |   b: 7",
    "      |   ^",
    "1 error",
  ]);
});

test("errors and warnings are counted apart", () => {
  const problems = [at(1, 1), at(2, 1), at(3, 1, { severity: "warning" })];

  expect(report(problems, PIPE, undefined).at(-1)).toBe("2 errors, 1 warning");
});

test("a problem without a place, or whose line cannot be read, has no excerpt", () => {
  expect(report([at(1, 1, { place: null }), at(9, 1)], PIPE, undefined)).toEqual([
    "error: a.b: is wrong",
    "x.yaml:9:1 error: a.b: is wrong",
    "2 errors",
  ]);
});

test("no line of a file with a secret is shown", () => {
  const elsewhere = at(2, 1, { place: { file: "y.yaml", line: 2, column: 1 } });

  expect(report([at(1, 1), at(4, 1, { secret: true }), elsewhere], PIPE, "line")).toEqual([
    "x.yaml:1:1 error: a.b: is wrong",
    "x.yaml:4:1 error: a.b: is wrong",
    "y.yaml:2:1 error: a.b: is wrong",
    "    2 | line",
    "      | ^",
    "3 errors",
  ]);
});

test("no line is wider than the terminal", () => {
  const problem = at(1, 60, { message: "is wrong for a reason that needs many words to be understood" });

  for (const line of report([problem], NARROW, "x".repeat(200))) expect(line.length).toBeLessThanOrEqual(40);
});

test("in a pipe a message stays on one line", () => {
  const message = "needs many words. ".repeat(20).trim();

  expect(report([at(1, 1, { message })], PIPE, undefined)[0]).toBe(`x.yaml:1:1 error: a.b: ${message}`);
});

test("the excerpt of a long line is the part around the column", () => {
  const [, line = "", mark = ""] = report([at(1, 301)], PIPE, `${"a".repeat(300)}b${"a".repeat(300)}`);

  expect(line[mark.indexOf("^")]).toBe("b");
});

test("characters that control the terminal do not reach it", () => {
  const [, line] = report([at(1, 1)], PIPE, "a\u001b[31m\u202eb");

  expect(line).toBe("    1 | a [31m b");
});

test("the word error is red and the word warning is yellow on a terminal with colours", () => {
  const [error, warning] = problemReport(
    [at(1, 1), at(1, 1, { severity: "warning" })],
    { colours: true, width: 80 },
    () => undefined,
  ).split("\n");

  expect(error).toContain("\u001b[31merror:");
  expect(warning).toContain("\u001b[33mwarning:");
});
