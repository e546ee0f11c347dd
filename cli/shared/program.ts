import { Argument, Command as Commander, Option } from "commander";
import { type Command, type Flag, GROUPS, type Input, partsOf } from "./command";
import { DEFAULT_WIDTH } from "./terminal";

const DESCRIPTION = `Answers questions about a fleet of EKS clusters, without credentials.

Clusters are named by positional names or globs, or by CLUSTER_NAME in the environment.
DEFINITIONS_DIR in the environment names another directory of definitions.`;

const EXIT_CODES = `
Exit codes: 0 fine, 1 wrong input or an error, 2 a finding.`;

/** Descriptions beside long names of commands and flags are wrapped in this many columns at least. Commander wraps none below 40. */
const LEAST_WRAPPED = 20;

/** Returns the command line of `fleet`. */
export function programOf(commands: readonly Command[], version: string): Commander {
  const program = commander("fleet")
    .description(DESCRIPTION)
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .showHelpAfterError("fleet --help lists the commands")
    .addHelpText("after", EXIT_CODES);
  const groups = new Map<string, Commander>();
  for (const command of commands) {
    const { group, word } = partsOf(command);
    let parent = group === undefined ? program : groups.get(group);
    if (group !== undefined && parent === undefined) {
      parent = groupOf(group);
      groups.set(group, parent);
      program.addCommand(parent);
    }
    parent?.addCommand(commandOf(word, command));
  }
  for (const parent of [program, ...groups.values()]) parent.addCommand(helpOf(parent));
  return program;
}

function commander(name: string): Commander {
  return new Commander(name).configureHelp({ minWidthToWrap: LEAST_WRAPPED });
}

/** The command `help`. Commander's own prints the help of the whole program for a command that does not exist. */
function helpOf(parent: Commander): Commander {
  return commander("help")
    .argument("[command...]")
    .summary("print help for a command")
    .helpOption("-h, --help", "print help")
    .action((names: readonly string[]) => {
      let found = parent;
      for (const name of names) {
        const next = found.commands.find((command) => command.name() === name);
        if (next === undefined && found.commands.length > 0) found.parse([name], { from: "user" }); // reports the error
        if (next === undefined) break;
        found = next;
      }
      found.help();
    });
}

function groupOf(name: string): Commander {
  const summary = GROUPS[name] ?? name;
  return commander(name)
    .summary(summary)
    .description(sentence(summary))
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .showHelpAfterError(`fleet ${name} --help lists the commands`);
}

function commandOf(
  word: string,
  { details, examples, flags, json, name, positionals = [], run, summary }: Command,
): Commander {
  const command = commander(word)
    .summary(summary)
    .description(details === undefined ? sentence(summary) : `${sentence(summary)}\n\n${paragraphs(details)}`)
    .helpOption("-h, --help", "print help")
    .allowExcessArguments(false)
    .showHelpAfterError(`fleet ${name} --help lists arguments and flags`);
  for (const { choices, description, name: notation } of positionals) {
    const argument = new Argument(notation, description);
    command.addArgument(choices === undefined ? argument : argument.choices([...choices]));
  }
  for (const [flag, declared] of Object.entries(flags)) command.addOption(optionOf(flag, declared));
  if (json !== false) command.option("--json", "print the answer as JSON");
  command.addHelpText("after", ({ error }) => {
    const { columns } = error ? process.stderr : process.stdout;
    return `\nExamples:\n${examplesText(examples, columns || DEFAULT_WIDTH)}`;
  });
  return command.action(async () => {
    const given = command.opts<Record<string, unknown>>();
    const empty = emptyPart(positionals, command.args, flags, given);
    if (empty !== undefined) {
      console.error(`${empty}\nfleet ${name} --help lists arguments and flags`);
      process.exitCode = 1;
      return;
    }
    const values = Object.entries(flags).map(([flag, { repeat, value }]) => {
      const missing = repeat ? [] : value === undefined && !declaredChoices(flags[flag]) ? false : undefined;
      if (!flag.startsWith("no-")) return [flag, given[camelCase(flag)] ?? missing];
      // Commander keeps such a flag under the rest of its name, where true means that it was not given.
      const rest = given[camelCase(flag.slice(3))];
      if (value === undefined) return [flag, rest === false];
      return [flag, rest === true ? missing : rest];
    });
    // For the processes too that synthesize for this one.
    if (given["cache"] === false) process.env["FLEET_NO_CACHE"] = "1";
    const input: Input = {
      positionals: command.args,
      flags: Object.fromEntries(values),
      json: given["json"] === true,
    };
    process.exitCode = await run(input as Parameters<typeof run>[0]);
  });
}

/** Returns the error for the first argument or flag without text, which is a mistake of a script more often than a wish. */
function emptyPart(
  positionals: NonNullable<Command["positionals"]>,
  args: readonly string[],
  flags: Command["flags"],
  given: Readonly<Record<string, unknown>>,
): string | undefined {
  const isEmpty = (value: unknown): boolean => typeof value === "string" && value.trim() === "";
  const index = args.findIndex(isEmpty);
  const positional = positionals[Math.min(index, positionals.length - 1)];
  if (index >= 0 && positional !== undefined)
    return `an argument is empty. Expected ${positional.name}: ${positional.description}`;
  for (const [flag, { canBeEmpty, description, value }] of Object.entries(flags))
    if (canBeEmpty !== true && [given[camelCase(flag)]].flat().some(isEmpty))
      return `--${flag} is empty. Expected <${value ?? "choice"}>: ${description}`;
  return undefined;
}

const declaredChoices = (flag: Flag | undefined): boolean => flag?.choices !== undefined;

function optionOf(flag: string, declared: Flag): Option {
  const value = declared.value ?? (declared.choices === undefined ? undefined : "choice");
  const option = new Option(`--${flag}${value === undefined ? "" : ` <${value}>`}`, declared.description);
  if (declared.choices !== undefined) option.choices([...declared.choices]);
  if (declared.default !== undefined) option.default(declared.default);
  if (declared.repeat) option.argParser<string[]>((each, before) => [...(before ?? []), each]);
  return option;
}

/** The name under which commander keeps a flag's value. */
function camelCase(flag: string): string {
  return flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Joins the lines of each paragraph: the terminal has another width than the source. Indented lines stay. */
function paragraphs(text: string): string {
  return text.replaceAll(/(?<=\S)\n(?=\S)/g, " ");
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

/** Returns examples as a table; above each line what it means, if a line of the table would exceed the width. */
export function examplesText(examples: Command["examples"], mostColumns: number): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  if (examples.every(([, meaning]) => 2 + width + 2 + meaning.length <= mostColumns))
    return examples.map(([line, meaning]) => `  ${line.padEnd(width)}  ${meaning}`).join("\n");
  return examples.map(([line, meaning]) => `  # ${meaning}\n  ${line}`).join("\n");
}
