import { wrappedLines } from "../../../cli/shared/print";
import { terminalOf } from "../../../cli/shared/terminal";

const stream = (isTTY: boolean, columns?: number) => ({ isTTY, columns }) as unknown as NodeJS.WriteStream;
const COLOURFUL = { TERM: "xterm-256color" };

test.each<[string, boolean, NodeJS.ProcessEnv, boolean]>([
  ["a terminal has colours", true, COLOURFUL, true],
  ["a pipe has none", false, COLOURFUL, false],
  ["NO_COLOR switches them off", true, { ...COLOURFUL, NO_COLOR: "1" }, false],
  ["TERM=dumb switches them off", true, { TERM: "dumb" }, false],
  ["FORCE_COLOR switches them on in a pipe", false, { ...COLOURFUL, FORCE_COLOR: "1" }, true],
  ["FORCE_COLOR=0 switches them off", true, { ...COLOURFUL, FORCE_COLOR: "0" }, false],
])("%s", (_, isTTY, env, colours) => {
  expect(terminalOf(stream(isTTY, 100), env).colours).toBe(colours);
});

test("a terminal has its width, one without a size 80 columns, and a pipe none", () => {
  expect(terminalOf(stream(true, 132), {}).width).toBe(132);
  expect(terminalOf(stream(true, 0), {}).width).toBe(80);
  expect(terminalOf(stream(false), {}).width).toBeUndefined();
});

test("long lines are wrapped between words below their beginning, but neither commands nor the lines of a pipe", () => {
  const text =
    "  - one two three four five six\n  $ aws eks list-insights --cluster-name a\n\u001b[1mone\u001b[22m two three four five six";
  expect(wrappedLines(text, { width: 24 })).toBe(
    "  - one two three four\n    five six\n  $ aws eks list-insights --cluster-name a\n\u001b[1mone\u001b[22m two three four five\nsix",
  );
  expect(wrappedLines(text, { width: undefined })).toBe(text);
});
