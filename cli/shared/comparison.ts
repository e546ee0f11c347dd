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

/** What is wrong with what was compared. */
interface Errors {
  /** What EKS would refuse of the change. */
  readonly errors: readonly string[];
  /** What is wrong with the working tree's definitions. */
  readonly refused: { readonly messages: readonly string[] } | null;
}

/** Prints errors on stderr, and returns the exit code. The comparison is printed all the same. */
export function printErrors({ errors, refused }: Errors): ExitCode {
  const all = [...(refused?.messages ?? []), ...errors];
  for (const error of all) console.error(error);
  return all.length > 0 ? 1 : 0;
}
