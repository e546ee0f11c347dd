import fc from "fast-check";
import { DefinitionError, formatProblem, visible } from "../../language/problem";
import { problemsOf, SMALLEST } from "../support/definitions";

const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;

test("no character that a terminal obeys is left in text, and others stay", () => {
  // The first plane, and the tags, which are in another.
  for (let code = 0; code <= 0xe_01_ff; code = code === 0xff_ff ? 0xe_00_00 : code + 1) {
    const character = String.fromCodePoint(code);
    const shown = visible(character);
    if (INVISIBLE.test(shown) || (shown !== character) !== INVISIBLE.test(character))
      throw new Error(`U+${code.toString(16)} becomes ${JSON.stringify(shown)}`);
  }
});

test("a formatted problem has none in its file, its path and its message", () => {
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
      const problem = { severity: "error", place: { file, line: 1, column: 1 }, path, message } as const;
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

test("of a file with very many problems the first 200 are printed, and how many more there are", () => {
  const text = `${SMALLEST}${Array.from({ length: 19_000 }, (_, index) => `key_${index}: 1\n`).join("")}`;
  const problems = problemsOf({ "clusters/a.example.com.yaml": text });

  expect(problems).toHaveLength(201);
  expect(problems.at(-1)).toBe("clusters/a.example.com.yaml: 18800 more problems");
});

test("the error of a run keeps every problem", () => {
  const problem = { severity: "error", place: null, path: "", message: "x" } as const;
  expect(new DefinitionError(Array(300).fill(problem)).problems).toHaveLength(300);
});
