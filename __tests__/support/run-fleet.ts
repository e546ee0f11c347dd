import { COMMANDS } from "../../cli/commands/commands";
import { programOf } from "../../cli/shared/program";
import { type Run, run } from "./run-program";
import { SAMPLE_FLEET } from "./sample-fleet";

/** Definitions and clusters of a command. */
interface Environment {
  readonly definitions?: string | undefined;
  readonly selection?: string | undefined;
}

/** Runs a command line of `fleet` as a user does, in a process of its own, which takes seconds. */
export function runFleetProcess(args: readonly string[], environment: Environment = {}): Promise<Run> {
  return run("cli/fleet.mjs", args, variablesOf(environment));
}

/** Runs a command line of `fleet` in this process, and returns what it prints. The command line must be one that is understood. */
export async function runFleet(args: readonly string[], environment: Environment = {}): Promise<Run> {
  const output = { stdout: "", stderr: "" };
  const before = { ...process.env };
  const earlierCode = process.exitCode;
  const add = (stream: keyof typeof output, end: string) => (text: unknown) => {
    output[stream] += `${text}${end}`;
    return true;
  };
  const spies = [
    jest.spyOn(console, "log").mockImplementation(add("stdout", "\n")),
    jest.spyOn(console, "error").mockImplementation(add("stderr", "\n")),
    jest.spyOn(process.stdout, "write").mockImplementation(add("stdout", "")),
    jest.spyOn(process.stderr, "write").mockImplementation(add("stderr", "")),
  ];
  try {
    setVariables(variablesOf(environment));
    await programOf(COMMANDS, "1").parseAsync(args, { from: "user" });
    return { code: Number(process.exitCode), ...output };
  } finally {
    for (const spy of spies) spy.mockRestore();
    setVariables({ FLEET_NO_CACHE: undefined, ...before });
    process.exitCode = earlierCode;
  }
}

function variablesOf({ definitions = SAMPLE_FLEET, selection }: Environment): Record<string, string | undefined> {
  return { DEFINITIONS_DIR: definitions, CLUSTER_NAME: selection, FORCE_COLOR: undefined };
}

function setVariables(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
