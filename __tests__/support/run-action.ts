import type { Input } from "../../cli/shared/command";
import type { Run } from "./run-program";
import { SAMPLE_FLEET } from "./sample-fleet";

/** Runs a command's action in this process, on the tests' fleet, and returns what it prints. */
export async function runAction<Flags>(
  action: (input: Input<Flags>) => Promise<number>,
  input: Input<Flags>,
  selection?: string,
): Promise<Run> {
  const output = { stdout: "", stderr: "" };
  const before = { definitions: process.env["DEFINITIONS_DIR"], selection: process.env["CLUSTER_NAME"] };
  const add = (stream: keyof typeof output, end: string) => (text: unknown) => {
    output[stream] += `${text}${end}`;
    return true;
  };
  const spies = [
    jest.spyOn(console, "log").mockImplementation(add("stdout", "\n")),
    jest.spyOn(console, "error").mockImplementation(add("stderr", "\n")),
    jest.spyOn(process.stdout, "write").mockImplementation(add("stdout", "")),
  ];
  try {
    setVariable("DEFINITIONS_DIR", SAMPLE_FLEET);
    setVariable("CLUSTER_NAME", selection);
    return { code: await action(input), ...output };
  } finally {
    for (const spy of spies) spy.mockRestore();
    setVariable("DEFINITIONS_DIR", before.definitions);
    setVariable("CLUSTER_NAME", before.selection);
  }
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
