import { BaseError } from "../../fleet/programs/git";
import type { Comparison } from "../../operations/changes/changes";
import { aboutNames, checkNames, dayOf, definitionsDirectory, selectionOf, shippedDirectory } from "./definitions";
import type { ExitCode } from "./exit-code";
import { withProgress } from "./print";
import { programPath } from "./program-root";

/** Returns the comparison of the working tree with the commit that `--base` names. */
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

/** Runs a comparison, with a progress message on a terminal. */
export async function compared<Report>(names: readonly string[], compare: () => Promise<Report>): Promise<Report> {
  try {
    return await withProgress("comparing both versions", compare);
  } catch (error) {
    if (error instanceof BaseError) checkNames(names);
    throw aboutNames(error, names);
  }
}

/** Errors in the compared definitions. */
interface Errors {
  /** Changes that EKS would refuse. */
  readonly errors: readonly string[];
  /** Errors in the working tree's definitions. */
  readonly refused: { readonly messages: readonly string[] } | null;
}

/** Prints errors on stderr, and returns the exit code. The comparison is printed all the same. */
export function printErrors({ errors, refused }: Errors): ExitCode {
  const all = [...(refused?.messages ?? []), ...errors];
  for (const error of all) console.error(error);
  return all.length > 0 ? 1 : 0;
}
