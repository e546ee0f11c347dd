import { COMMANDS } from "../../../cli/commands/commands";
import { type Command, defineCommand, NO_CACHE } from "../../../cli/shared/command";
import { examplesText, programOf } from "../../../cli/shared/program";

afterEach(() => {
  delete process.env["FLEET_NO_CACHE"];
  process.exitCode = 0;
});

/** Runs a command that accepts --no-cache, and returns its flag and the variable that other processes read. */
async function run(...args: string[]): Promise<unknown> {
  let seen: unknown;
  const command: Command = defineCommand({
    name: "build",
    summary: "build",
    flags: { "no-cache": NO_CACHE },
    examples: [],
    run: async ({ flags }) => {
      seen = [flags["no-cache"], process.env["FLEET_NO_CACHE"]];
      return 0;
    },
  });
  await programOf([command], "1").parseAsync(["build", ...args], { from: "user" });
  return seen;
}

test("--no-cache prevents the use of stored outputs, in processes that it starts too", async () => {
  expect(await run("--no-cache")).toEqual([true, "1"]);
});

test("stored outputs are used without --no-cache", async () => {
  expect(await run()).toEqual([false, undefined]);
});

test.each([
  [["--no-way-back", "stored versions change"], "stored versions change"],
  [[], undefined],
])("a flag with a value may begin with no: %j", async (args, value) => {
  let seen: unknown = "not run";
  const command: Command = defineCommand({
    name: "build",
    summary: "build",
    flags: { "no-way-back": { value: "reason", description: "why" } },
    examples: [],
    run: async ({ flags }) => {
      seen = flags["no-way-back"];
      return 0;
    },
  });
  await programOf([command], "1").parseAsync(["build", ...args], { from: "user" });

  expect(seen).toBe(value);
});

test("help wraps a paragraph to the width of the terminal, not to that of the source", () => {
  const details = "A condition compares a column\nwith a value.\n\nSeveral\nconditions must be met.";
  const command: Command = defineCommand({
    name: "build",
    summary: "build",
    details,
    flags: {},
    examples: [],
    run: async () => 0,
  });
  const help = programOf([command], "1").commands[0]?.helpInformation();

  expect(help).toContain("A condition compares a column with a value.\n\nSeveral conditions must be met.");
});

test("help of every command fits into 80 columns, except for command lines", () => {
  const program = programOf(COMMANDS, "1");
  const helps = [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)].map((each) =>
    each.helpInformation(),
  );
  const examples = COMMANDS.flatMap((each) => examplesText(each.examples, 80).split("\n"));
  const commandLines = new Set(COMMANDS.flatMap((each) => each.examples.map(([line]) => line)));

  expect(helps.flatMap((help) => help.split("\n")).filter((line) => line.length > 80)).toEqual([]);
  expect(examples.filter((line) => line.length > 80 && !commandLines.has(line.trim()))).toEqual([]);
});

test("an example whose meaning does not fit beside it has it above", () => {
  const examples = [["fleet list", "every cluster"]] as const;

  expect(examplesText(examples, 27)).toBe("  fleet list  every cluster");
  expect(examplesText(examples, 26)).toBe("  # every cluster\n  fleet list");
});

test("a command of a group runs by its two words, and help lists the group once with what it is for", async () => {
  const ran: string[] = [];
  const command = (name: string): Command =>
    defineCommand({
      name,
      summary: name,
      flags: {},
      examples: [],
      run: async () => {
        ran.push(name);
        return 0;
      },
    });
  const program = programOf([command("rollout plan"), command("rollout next")], "1");
  await program.parseAsync(["rollout", "next"], { from: "user" });

  expect(ran).toEqual(["rollout next"]);
  expect(program.helpInformation().match(/rollout .*/g)).toEqual([
    "rollout            roll changes out over the fleet, in waves and windows",
  ]);
});
