import type { History } from "./history";
import type { Stored } from "./record";

/**
 * Returns the records that can still change a decision: of each cluster its last change, and every decision of a person. Decisions
 * by these records are the same as by all of them.
 */
export function compact(history: History): readonly Stored[] {
  const lastAttempts = new Set<string>();
  const wanted = new Set<string>();
  for (const each of history.records) {
    if (each.kind === "started") {
      const last = history.attemptsOf(each.cluster).at(-1);
      if (last !== undefined) lastAttempts.add(last.started.id);
    }
    if (each.kind === "wanted")
      for (const cluster of Object.keys(each.targets)) wanted.add(history.wantedOf(cluster)?.id ?? "");
  }
  const latest = history.latest()?.id;
  const kept = new Set(
    [...history.records].flatMap((each) =>
      each.id === latest || isNeeded(each, history, { lastAttempts, wanted }) ? [each.id] : [],
    ),
  );
  // A lift counts as long as what it lifted is kept, which may be another lift: that of a record whose clock was wrong.
  const lifts = [...history.records].filter((each) => each.kind === "resumed");
  for (let before = -1; before !== kept.size; ) {
    before = kept.size;
    for (const each of lifts) if (each.lifts.some((id) => kept.has(id))) kept.add(each.id);
  }
  return [...history.records].filter(({ id }) => kept.has(id));
}

interface Last {
  readonly lastAttempts: ReadonlySet<string>;
  readonly wanted: ReadonlySet<string>;
}

/** True if a record, which is not the lift of another one, can still change a decision. */
function isNeeded(record: Stored, history: History, { lastAttempts, wanted }: Last): boolean {
  switch (record.kind) {
    case "started":
      return lastAttempts.has(record.id);
    case "renewed":
    case "ended":
    case "observed":
      return lastAttempts.has(record.attempt);
    case "approved":
      return record.attempt === null || lastAttempts.has(record.attempt);
    case "wanted":
      return wanted.has(record.id);
    case "emergency":
    case "halted":
      return history.liftOf(record.id) === undefined;
    case "resumed":
      return false;
    default:
      return record satisfies never;
  }
}
