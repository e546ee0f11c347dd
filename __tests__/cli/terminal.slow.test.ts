import { stripVTControlCharacters } from "node:util";
import { PseudoTerminal } from "../support/pseudo-terminal";
import { runFleetProcess } from "../support/run-fleet";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const ESCAPE = "\u001b[";

/** Runs a command line of `fleet` in a terminal, until it ends. */
async function inTerminal(
  args: readonly string[],
  { columns = 80, ...environment }: { readonly columns?: number; readonly NO_COLOR?: string } = {},
): Promise<{ readonly code: number; readonly output: string }> {
  const variables = { DEFINITIONS_DIR: SAMPLE_FLEET, CLUSTER_NAME: undefined, ...environment };
  const terminal = new PseudoTerminal("cli/fleet.mjs", args, variables, { columns });
  try {
    const code = await terminal.ended;
    return { code, output: terminal.output };
  } finally {
    terminal.close();
  }
}

const LIST = ["list", "--today", "2026-11-30"];

test("a terminal gets colours, and none with NO_COLOR", async () => {
  const [coloured, plain] = await Promise.all([inTerminal(LIST), inTerminal(LIST, { NO_COLOR: "1" })]);

  expect([coloured.output.includes(ESCAPE), plain.output.includes(ESCAPE)]).toEqual([true, false]);
});

test("a pipe gets no colours", async () => {
  expect((await runFleetProcess(LIST)).stdout).not.toContain(ESCAPE);
});

test.each([80, 120])("a table fits a terminal of %d columns", async (columns) => {
  const { code, output } = await inTerminal(LIST, { columns });
  const widths = stripVTControlCharacters(output)
    .split("\r\n")
    .map((line) => line.length);

  expect([code, widths.length > 10]).toEqual([0, true]);
  expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
});
