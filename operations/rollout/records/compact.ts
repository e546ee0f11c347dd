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
  return [...history.records].filter((each) => {
    if (each.id === latest) return true;
    switch (each.kind) {
      case "started":
        return lastAttempts.has(each.id);
      case "renewed":
      case "ended":
      case "observed":
        return lastAttempts.has(each.attempt);
      case "approved":
        return each.attempt === null || lastAttempts.has(each.attempt);
      case "wanted":
        return wanted.has(each.id);
      case "emergency":
      case "halted":
        return history.liftOf(each.id) === undefined;
      case "resumed":
        return each.lifts.some((id) => {
          const lifted = history.find(id);
          if (lifted === undefined) return false;
          if (lifted.kind === "started") return lastAttempts.has(id);
          return "attempt" in lifted && lifted.attempt !== null && lastAttempts.has(lifted.attempt);
        });
      default:
        return each satisfies never;
    }
  });
}
