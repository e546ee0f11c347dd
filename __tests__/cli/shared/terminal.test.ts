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
