import { readdirSync, readFileSync } from "node:fs";
import type { Command as Commander } from "commander";
import { COMMANDS } from "../../cli/commands/commands";
import type { Command } from "../../cli/shared/command";
import { programOf } from "../../cli/shared/program";
import { scriptLines } from "../support/page-commands";

const PAGES = [
  "README.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

const LINES = PAGES.flatMap((page) =>
  scriptLines(readFileSync(page, "utf8")).map((args) => [args.join(" "), page, args] as const),
);

/** Commands within sentences. One with a placeholder stands for any word, and one without its arguments for the command itself. */
const NAMED = PAGES.flatMap((page) =>
  [...readFileSync(page, "utf8").matchAll(/`(?:npx )?fleet ([^`<…$][^`…$\n]*)`/g)].map(([, line = ""]) => ({
    page,
    line,
  })),
);

/** Returns what the command line answers to words that it refuses, and undefined if it accepts them. Nothing runs. */
async function refusalOf(words: readonly string[]): Promise<string | undefined> {
  const idle = COMMANDS.map((command) => ({ ...command, run: () => Promise.resolve(0) }) as unknown as Command);
  const program = programOf(idle, "0.0.0");
  for (const each of withSubcommands(program)) {
    each.exitOverride();
    each.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  }
  try {
    await program.parseAsync(words, { from: "user" });
    return undefined;
  } catch (error) {
    const { exitCode, message } = error as Error & { readonly exitCode?: number };
    return exitCode === 0 ? undefined : message;
  } finally {
    process.exitCode = undefined;
  }
}

const withSubcommands = (command: Commander): Commander[] => [command, ...command.commands.flatMap(withSubcommands)];

test("pages show scripts with commands", () => {
  expect(LINES.length).toBeGreaterThan(40);
});

test.each(LINES)("fleet accepts the words of %s, as %s shows them", async (_line, _page, args) => {
  expect(await refusalOf(args)).toBeUndefined();
});

test("pages name commands and flags that exist", async () => {
  const wrong: string[] = [];
  for (const { line, page } of NAMED) {
    const words = [...line.replace(/<[^>]*>/g, "x").matchAll(/'([^']*)'|(\S+)/g)];
    const refusal = await refusalOf(words.map(([, quoted, word]) => quoted ?? word ?? ""));
    if (refusal !== undefined && !/missing|argument 'stage'/.test(refusal)) wrong.push(`${page}: ${line}: ${refusal}`);
  }

  expect(NAMED.length).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});

test.each([
  ["an unknown command", "deplyo a.example.com", "unknown command 'deplyo'"],
  ["an unknown flag", "deploy a.example.com --aprove", "unknown option '--aprove'"],
  ["an argument too many", "destroy a.example.com b.example.com", "too many arguments"],
  ["a value that is not a choice", "completion tcsh", "Allowed choices"],
])("refuses %s", async (_what, line, message) => {
  expect(await refusalOf(line.split(" "))).toContain(message);
});

describe("a script of a page", () => {
  test.each<[string, string, string[][]]>([
    ["has a comment", "```sh\nnpx fleet list   # all\n```\n", [["list"]]],
    ["pipes", "```sh\nnpx fleet plan '*' --json |\n  jq .\n```\n", [["plan", "*", "--json"]]],
    ["writes a file", "```sh\nnpx fleet adopt --script > a.sh\n```\n", [["adopt", "--script"]]],
    ["goes on in the next line", "```sh\nnpx fleet plan \\\n  a.b --json\n```\n", [["plan", "a.b", "--json"]]],
    ["sets a variable, in a list", "1. x\n\n   ```sh\n   A=b npx fleet list\n   ```\n", [["list"]]],
    ["is another program's", "```sh\nterraform plan\n```\n", []],
    ["shows output too", "```console\n$ npx fleet list\nnpx fleet x\n```\n", []],
  ])("%s", (_what, page, lines) => {
    expect(scriptLines(page)).toEqual(lines);
  });
});
