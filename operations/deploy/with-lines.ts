import type { LoadOptions } from "../../fleet/load";
import type { StackName } from "../../fleet/model/stacks";
import { type FailedResource, shapingLines } from "../explain/shaping-lines";
import type { Diagnostic } from "./report";

/** Failures that get lines. The first few are the causes; many more follow from them. */
const MOST = 3;

/** A part of a report that has the errors of a stack. */
interface WithErrors {
  readonly stack: StackName;
  readonly errors: readonly Diagnostic[];
}

/** Returns stacks of a cluster, with the lines of the definitions beside the errors of resources. */
export function withLines<Stack extends WithErrors>(
  stacks: readonly Stack[],
  options: LoadOptions & { readonly select: string },
): Stack[] {
  const failed = stacks.flatMap(({ errors, stack }) =>
    errors.flatMap(({ address, detail, summary }): FailedResource[] =>
      address === null ? [] : [{ stack, address, message: `${summary}\n${detail}` }],
    ),
  );
  const asked = failed.filter(({ address }, index) => failed.findIndex((each) => each.address === address) === index);
  if (asked.length === 0) return [...stacks];
  const first = asked.slice(0, MOST);
  const lines = shapingLines(options, first);
  return stacks.map((each) => ({
    ...each,
    errors: each.errors.map((error) => {
      const index = first.findIndex(({ address, stack }) => stack === each.stack && address === error.address);
      return index < 0 ? error : { ...error, lines: [...(lines[index] ?? [])] };
    }),
  }));
}
