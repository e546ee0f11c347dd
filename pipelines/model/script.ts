import { type Step, VARIABLES } from "./model";
import { FLEET_CI, readCommand } from "./read-command";
import { hasCommand } from "./stage";

/** The parts of a script around the commands of a job. */
export interface ScriptParts {
  /** Variables to set, with their values as text of the shell: the system has them in a file or under another name. */
  readonly values: Readonly<Record<string, string>>;
  readonly setUp: readonly string[];
  /** Lines that run in the end, after success or failure. */
  readonly last?: readonly string[];
}

const OR_FAIL = " || status=1";

/**
 * Runs a command in the background: a shell that waits for one in the foreground handles no signal until it has ended. The command is a
 * process group of its own, because npx does not pass signals on.
 */
const RUN = "run ";

const lastLine = (line: string): string => `  ${line} || true`;

/**
 * Returns the script of a job. Steps that also run after a failure are in a trap, so that they run if the job is stopped too; one of
 * them that fails fails the job. A command that is running when the job is stopped is asked to end first, so that Terraform gives its
 * lock back.
 */
export function scriptOf(steps: readonly Step[], { last = [], setUp, values }: ScriptParts): string {
  const commands = steps
    .filter(({ stage }) => hasCommand(stage))
    .map(({ evenIfFailed, stage, words }) => ({ evenIfFailed, line: [FLEET_CI, stage, ...words].join(" ") }));
  const always = commands.filter(({ evenIfFailed }) => evenIfFailed).map(({ line }) => `  ${line}${OR_FAIL}`);
  const trap =
    always.length + last.length === 0
      ? []
      : [
          "finish() {",
          "  status=$?",
          "  trap - EXIT",
          ...always,
          ...last.map(lastLine),
          '  exit "$status"',
          "}",
          "child=",
          'run() { setsid "$@" & child=$!; wait "$child"; }',
          "stop() {",
          '  kill -s TERM -- "-$child" 2> /dev/null || true',
          '  while kill -s 0 -- "-$child" 2> /dev/null; do sleep 1; done',
          "  exit 143",
          "}",
          "trap finish EXIT",
          "trap stop INT TERM",
        ];
  const run = trap.length === 0 ? "" : RUN;
  const exports = Object.entries(values).map(([name, value]) => `export ${name}="${value}"`);
  return [
    "set -eu",
    ...exports,
    ...trap,
    ...setUp,
    ...commands.filter(({ evenIfFailed }) => !evenIfFailed).map(({ line }) => run + line),
    "",
  ].join("\n");
}

/** The commands of a script in the order in which they run, and the variables that it sets. */
export interface ReadScript {
  readonly steps: readonly {
    readonly stage: string;
    readonly words: readonly string[];
    readonly evenIfFailed: boolean;
  }[];
  readonly variables: readonly string[];
  /** Lines that the script would not have if it was generated again. */
  readonly surprises: readonly string[];
}

/**
 * Reads a script back. Lines that set up a job are not steps.
 *
 * @param known the parts around the commands, from a script that has all of them
 */
export function readScript(text: string, known: Required<ScriptParts>): ReadScript {
  const found = text.split("\n").flatMap((line) => {
    const evenIfFailed = line.startsWith("  ") && line.endsWith(OR_FAIL);
    const command = line
      .trim()
      .replace(RUN, "")
      .slice(0, evenIfFailed ? -OR_FAIL.length : undefined);
    const read = command.startsWith(FLEET_CI) ? readCommand(command) : undefined;
    if (read === undefined) return [];
    return [typeof read === "string" ? { stage: read, words: [], evenIfFailed } : { ...read, evenIfFailed }];
  });
  const exported = [...text.matchAll(/^export (\w+)=/gm)].map(([, name = ""]) => name);
  const steps = [...found.filter((each) => !each.evenIfFailed), ...found.filter((each) => each.evenIfFailed)];
  const again = scriptOf(steps as unknown as readonly Step[], {
    values: Object.fromEntries(exported.map((name) => [name, known.values[name] ?? ""])),
    setUp: known.setUp,
    last: known.last.filter((line) => text.includes(`\n${lastLine(line)}\n`)),
  });
  return {
    steps,
    surprises: surprisesIn(text, again),
    variables: exported.filter((name) => (VARIABLES as readonly string[]).includes(name)),
  };
}

/** Returns the first line that differs from the same script if it is generated again. */
function surprisesIn(text: string, again: string): readonly string[] {
  if (text === again) return [];
  const lines = again.split("\n");
  const line = text.split("\n").find((each, index) => each !== lines[index]) ?? "";
  return [`script ${JSON.stringify(line)}`];
}
