import { compareText } from "../../language/problem";
import type { StackPair } from "../changes/pairs";
import type { ClusterDiff, DiffReport } from "./report";

/** Status of a stack in the comparison. */
export type StackStatus = keyof DiffReport["summary"]["stacks"];

type Counts = Readonly<Record<string, number>>;

/** Returns the status of a stack; nothing if it does not differ. */
export function stackStatus({ after, before }: StackPair): readonly StackStatus[] {
  if (before === after) return [];
  if (before === undefined) return ["added"];
  return after === undefined ? ["removed"] : ["changed"];
}

/** Counts everything that differs: resources of new and removed clusters too, which are not compared one by one. */
export function summaryOf(clusters: readonly ClusterDiff[], stacks: readonly StackStatus[]): DiffReport["summary"] {
  const whole = (status: ClusterDiff["status"], action: "create" | "destroy"): Counts[] =>
    clusters.flatMap((each) =>
      each.status === status ? Object.values(each.types).map((count) => ({ [action]: count })) : [],
    );
  const none = { added: 0, changed: 0, removed: 0 };
  return {
    clusters: { ...none, unknown: 0, ...counted(clusters.map(({ status }) => status)) },
    stacks: { ...none, ...counted(stacks) },
    actions: sum([
      ...clusters.map(({ actions }) => actions),
      ...whole("added", "create"),
      ...whole("removed", "destroy"),
    ]),
  };
}

/** Returns the number of occurrences of each word. */
export function counted(words: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)));
}

/** Adds counts of the same names. */
export function sum(all: readonly Counts[]): Counts {
  const total: Record<string, number> = {};
  for (const counts of all)
    for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
  return total;
}
