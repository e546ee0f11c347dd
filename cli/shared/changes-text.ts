import { createColors } from "picocolors";
import type { PlannedChanges } from "../../operations/rehearse/report";
import type { Terminal } from "./terminal";

/** Lines of a kind that are printed. The rest is counted. */
const MOST_LISTED = 15;

/** Returns the first lines of a list, and how many more there are. */
export function shortList(lines: readonly string[], of: string): string[] {
  return lines.length <= MOST_LISTED
    ? [...lines]
    : [...lines.slice(0, MOST_LISTED), `  … ${lines.length - MOST_LISTED} more in ${of}; --json lists all`];
}

/** Changes of a stack, of a cluster or of an account. */
type Changes = Omit<PlannedChanges, "stack"> & { readonly stack: string };

/** Returns the changes of a stack, the gravest first, without creations and removals if all of them are `obvious`. */
export function changesText(changes: Changes, obvious: boolean, { colours }: Terminal): string[] {
  const { cyan, green, red, yellow } = createColors(colours);
  const listed = (lines: readonly string[]): string[] => shortList(lines, changes.stack);
  const { create, destroy, forget, move, outputs, replace, update } = changes;
  return [
    ...listed(
      replace.map(({ address, because, create_before_destroy }) => {
        const why = because.length === 0 ? "" : `, because of ${because.join(", ")}`;
        return `${red(create_before_destroy ? "+/-" : "-/+")} ${address} is replaced${why}`;
      }),
    ),
    ...(obvious ? [] : listed(destroy.map((address) => `${red("-")} ${address} is destroyed`))),
    ...listed(forget.map((address) => `${yellow("o")} ${address} leaves the state and stays in the cloud`)),
    ...listed(move.map(({ from, to }) => `${cyan("→")} ${from} is now ${to}`)),
    ...listed(update.map(({ address, attributes }) => `${yellow("~")} ${address}: ${attributes.join(", ")}`)),
    ...(obvious ? [] : listed(create.map((address) => `${green("+")} ${address}`))),
    ...(obvious || outputs.length === 0 ? [] : [`  outputs of ${changes.stack}: ${outputs.join(", ")}`]),
  ];
}
