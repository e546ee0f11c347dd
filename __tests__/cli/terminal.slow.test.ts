import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { SMALLEST } from "../support/definitions";
import { GitRepository } from "../support/git-repository";
import { PseudoTerminal } from "../support/pseudo-terminal";
import { runFleetProcess } from "../support/run-fleet";
import { scratch } from "../support/run-program";
import { SAMPLE_FLEET } from "../support/sample-fleet";

const ESCAPE = "\u001b[";

/** Runs a command line of `fleet` in a terminal, until it ends. */
async function inTerminal(
  args: readonly string[],
  {
    columns = 80,
    ...environment
  }: { readonly columns?: number; readonly DEFINITIONS_DIR?: string; readonly NO_COLOR?: string } = {},
): Promise<{ readonly code: number; readonly lines: readonly string[]; readonly output: string }> {
  const variables = { DEFINITIONS_DIR: SAMPLE_FLEET, CLUSTER_NAME: undefined, ...environment };
  const terminal = new PseudoTerminal("cli/fleet.mjs", args, variables, { columns });
  try {
    const code = await terminal.ended;
    return { code, lines: terminal.lines(), output: terminal.output };
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

test.each([40, 80, 120])("a table fits a terminal of %d columns", async (columns) => {
  const { code, output } = await inTerminal(LIST, { columns });
  const widths = stripVTControlCharacters(output)
    .split("\r\n")
    .map((line) => line.length);

  expect([code, widths.length > 10]).toEqual([0, true]);
  expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
});

const BROKEN = `${SMALLEST}      max_size: 1
      min_size: 3
  networking: { availability_zones: [us-east-1a, us-east-1b, us-east-1c, us-east-1a] }
`;

test.each([40, 80])(
  "problems of a definition fit a terminal of %d columns, with a mark below each mistake",
  async (columns) => {
    const definitions = scratch();
    try {
      const folder = join(definitions.path, "clusters");
      mkdirSync(folder);
      for (const part of ["accounts", "tiers", "channels.yaml"])
        cpSync(join(SAMPLE_FLEET, part), join(definitions.path, part), { recursive: true });
      writeFileSync(join(folder, "a.example.com.yaml"), BROKEN);
      const { code, lines } = await inTerminal(["validate"], { columns, DEFINITIONS_DIR: definitions.path });

      expect([code, lines.at(-1)]).toEqual([1, "definitions: 1, errors: 2, warnings: 1"]);
      const marks = lines.flatMap((line, index) =>
        /^ +\| +\^$/.test(line) ? [lines[index - 1]?.slice(line.length - 1)] : [],
      );
      expect(marks).toEqual([
        expect.stringMatching(/^1$/),
        expect.stringMatching(/^1$/),
        expect.stringMatching(/^us-east-1a\] /),
      ]);
      expect(lines.join(" ").replaceAll(/ +/g, " ")).toContain("must be at least min_size (3), but is 1");
    } finally {
      definitions.remove();
    }
  },
);

test.each([40, 80])(
  "a rehearsal leaves its steps, its table and whole words on a terminal of %d columns",
  async (columns) => {
    const { code, lines } = await inTerminal(["rehearse", "insiders.dev.example.com", "--base", "none"], { columns });

    expect(code).toBe(0);
    expect(lines.filter((line) => line.startsWith("✔ "))).toHaveLength(5);
    expect(lines.filter((line) => line.startsWith("apply"))).toEqual([]); // what was in progress
    expect(lines.filter((line) => /^(networking|eks-\w+|addons) |^stack: /.test(line))).toHaveLength(4);
    const wrapped = "pods take to leave old ones";
    expect(lines).toContain(columns === 40 ? `  ${wrapped}` : `- whether new nodes join, and how long ${wrapped}`);
  },
);

test("only the comparison stays on the screen after its progress", async () => {
  const definitions = new GitRepository();
  for (const part of ["accounts", "tiers", "channels.yaml"])
    cpSync(join(SAMPLE_FLEET, part), join(definitions.path, part), { recursive: true });
  const file = "clusters/a.example.com.yaml";
  const commit = definitions.commit({ [file]: SMALLEST });
  definitions.write({ [file]: `${SMALLEST}      max_size: 9\n` });
  try {
    const { lines, output } = await inTerminal(["diff"], { DEFINITIONS_DIR: definitions.path });

    expect(output).toContain("comparing both versions …");
    expect(lines[0]).toMatch(/^1 cluster differs of 1, compared with /);
    expect(lines.filter((line) => line.includes("…"))).toEqual([]);
  } finally {
    definitions.remove();
    rmSync(join(".fleet/base", commit), { recursive: true, force: true });
  }
});

/** Returns the processes whose environment has a variable: those that a command has started, and itself. */
function processesWith(variable: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return readFileSync(join("/proc", id, "environ"), "utf8")
          .split("\0")
          .includes(variable);
      } catch {
        return false; // It ended meanwhile, or belongs to somebody else.
      }
    });
}

test("Ctrl-C in the terminal of a rehearsal ends it with 130, and leaves no process, no folder and no progress", async () => {
  const work = scratch();
  const temporary = join(work.path, "tmp");
  mkdirSync(temporary);
  const terminal = new PseudoTerminal("cli/fleet.mjs", ["rehearse", "--base", "none"], {
    CLUSTER_NAME: "staging.dev.example.com",
    DEFINITIONS_DIR: SAMPLE_FLEET,
    TMPDIR: temporary,
  });
  try {
    await terminal.shows("apply staging-dev-example-com-networking …");
    const during = processesWith(`TMPDIR=${temporary}`).length;
    terminal.type("\u0003");
    const code = await terminal.ended;

    expect(during).toBeGreaterThan(0);
    expect([code, processesWith(`TMPDIR=${temporary}`), readdirSync(temporary)]).toEqual([130, [], []]);
    expect(terminal.lines().map((line) => line.replace(/ \[[\d.]+s\]$/, ""))).toEqual([
      "✔ synthesize",
      "✘ apply staging-dev-example-com-networking",
      "stopped",
    ]);
  } finally {
    terminal.close();
    work.remove();
  }
});
