import { exitCodeOf } from "../../language/exit-code";
import { ExpectedError } from "../../language/expected-error";
import { DefinitionError } from "../../language/problem";
import { systemErrorText } from "../../language/system-error";
import type { ExitCode } from "./exit-code";
import { Interrupted } from "./interrupt";
import { printProblems } from "./problem-report";

/** Returns the function that runs a command. It prints errors, each in the form of its type, and returns the exit code. */
export function action<Input>(work: (input: Input) => ExitCode | Promise<ExitCode>): (input: Input) => Promise<number> {
  return async (input) => {
    try {
      return await work(input);
    } catch (error) {
      return printError(error);
    }
  };
}

/** Prints an error on stderr, and returns the exit code. A stack trace is printed only with DEBUG. */
export function printError(error: unknown): number {
  if (isStoppedQuestion(error)) return printError(new Interrupted(exitCodeOf("SIGINT")));
  if (error instanceof DefinitionError) printProblems(error.problems);
  else if (error instanceof ExpectedError || error instanceof Interrupted) console.error(error.message);
  else if (systemErrorText(error) !== undefined && !process.env["DEBUG"]) console.error(systemErrorText(error));
  else
    console.error(
      error instanceof Error ? error.message : error,
      "(set DEBUG=1 for more)",
      process.env["DEBUG"] ? error : "",
    );
  return error instanceof Interrupted ? error.exitCode : 1;
}

/** True if Ctrl-C was pressed in place of an answer. */
function isStoppedQuestion(error: unknown): boolean {
  return error instanceof Error && error.name === "ExitPromptError";
}
