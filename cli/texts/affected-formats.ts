import { createColors } from "picocolors";
import { visible } from "../../language/problem";
import type { AffectedReport, Shard } from "../../operations/affected/report";
import { table } from "../shared/table";
import type { Terminal } from "../shared/terminal";
import { baseNotes, refusedNotes } from "./diff-sections";

/** Jobs that a matrix can have: GitHub's and GitLab's limits. */
export const MOST_JOBS = { github: 256, gitlab: 200 } as const;

/** Returns the affected stacks as text. */
export function affectedText(report: AffectedReport, terminal: Terminal): string {
  const { bold, red } = createColors(terminal.colours);
  const { base, stacks } = report;
  const count =
    stacks.length === 0 ? "no stack is" : stacks.length === 1 ? "1 stack is" : `${stacks.length} stacks are`;
  const head = bold(visible(`${count} affected, compared with ${base.ref} (${base.commit.slice(0, 8)})`));
  const rows = stacks.map(({ action, reasons, stack, wave }) => [
    wave + 1,
    action === "destroy" ? { text: action, paint: red } : action,
    stack,
    visible(reasons.join("; ")),
  ]);
  const gone = stacks.some(({ action }) => action === "destroy")
    ? [`Destroy stacks that are gone with the code of ${base.commit.slice(0, 8)}.`]
    : [];
  const lines = [head, ...[...baseNotes(report), ...refusedNotes(report)].map(visible), ...gone];
  return rows.length === 0
    ? lines.join("\n")
    : `${lines.join("\n")}\n\n${table(["wave", "action", "stack", "why"], rows, terminal)}`;
}

/** Returns an action and a stack on each line, in the order in which they must run. */
export function affectedLines({ stacks }: AffectedReport): string {
  return stacks.map(({ action, stack }) => `${action} ${stack}\n`).join("");
}

interface Job {
  readonly shard: number;
  /** Stacks to apply, in their order, with blanks between them. */
  readonly apply: string;
  /** Stacks to destroy with the code of the base, in their order. */
  readonly destroy: string;
  readonly resources: number;
}

/** Returns the `matrix` of a job on GitHub. An empty matrix is an error there: skip the job if `include` is empty. */
export function githubMatrix(report: AffectedReport): { readonly include: readonly Job[] } {
  return { include: report.shards.map((shard) => jobOf(report, shard)) };
}

/** Returns `parallel: matrix` of a job on GitLab, whose variables are text. */
export function gitlabMatrix(report: AffectedReport): readonly Readonly<Record<string, string>>[] {
  return report.shards.map((shard) => {
    const { apply, destroy, shard: index } = jobOf(report, shard);
    return { SHARD: String(index), APPLY: apply, DESTROY: destroy };
  });
}

function jobOf({ stacks }: AffectedReport, { index, resources, stacks: names }: Shard): Job {
  const of = (action: string): string => {
    const wanted = new Set(stacks.filter((each) => each.action === action).map(({ stack }) => stack));
    return names.filter((stack) => wanted.has(stack)).join(" ");
  };
  return { shard: index + 1, apply: of("apply"), destroy: of("destroy"), resources };
}
