import type { Comparison } from "../../operations/changes/changes";
import { aboutNames, dayOf, definitionsDirectory, selectionOf, shippedDirectory } from "./definitions";
import type { ExitCode } from "./exit-code";
import { withProgress } from "./print";
import { programPath } from "./program-root";

/** Returns what a command compares: the working tree with the commit that `--base` names. */
export function comparisonOf(
  { base, today }: { readonly base: string | undefined; readonly today?: string | undefined },
  names: readonly string[],
): Comparison {
  return {
    program: programPath(".") || ".",
    directory: definitionsDirectory(),
    shipped: shippedDirectory(),
    ref: base,
    select: selectionOf(names),
    today: dayOf(today),
  };
}

/** Runs a comparison, and shows on a terminal that it runs. */
export async function compared<Report>(names: readonly string[], compare: () => Promise<Report>): Promise<Report> {
  try {
    return await withProgress("comparing both versions", compare);
  } catch (error) {
    throw aboutNames(error, names);
  }
}

/** Prints what EKS would refuse of a change on stderr, and returns the exit code. The comparison is printed all the same. */
export function printErrors({ errors }: { readonly errors: readonly string[] }): ExitCode {
  for (const error of errors) console.error(error);
  return errors.length > 0 ? 1 : 0;
}
