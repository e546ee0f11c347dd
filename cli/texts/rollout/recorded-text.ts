import type { Stored } from "../../../operations/rollout/records/record";

/** Returns the records of a cluster as text. */
export function recordedText(records: readonly Stored[]): readonly string[] {
  return records.flatMap((record): readonly string[] => {
    switch (record.kind) {
      case "started":
        return [`Recorded a change of ${record.cluster} to ${record.target.release}, without a runner.`];
      case "renewed":
        return [`The lease of ${record.runner} for ${record.cluster} ends at ${record.lease_until}.`];
      case "ended":
        return [
          `${record.cluster} ${record.result === "inconclusive" ? "ended inconclusive" : record.result}.`,
          ...(record.result === "succeeded"
            ? [`fleet rollout record ${record.cluster} health … runs its health checks.`]
            : []),
        ];
      case "observed":
        return [
          `${record.cluster} is ${record.health === "inconclusive" ? "not known to be healthy" : record.health}.`,
          ...record.checks.map(({ health, name, seconds, seen }) => `  ${name}: ${health}, ${seen} (${seconds} s)`),
        ];
      default:
        return [];
    }
  });
}
