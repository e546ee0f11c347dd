import type { StatusReport } from "../rollout/report";

/** Returns the reasons in the records of rollouts against promoting a release further; none if it has proven itself. */
export function soakProblems({ attention, now, waves }: StatusReport, release: string): string[] {
  const with_ = waves.flatMap(({ name, releases }) =>
    releases.filter((each) => each.release === release).map((each) => ({ name, ...each })),
  );
  if (with_.length === 0)
    return [`no wave has release ${release} yet, so it is untested. Promote an earlier channel first, and roll it out`];
  const soaking = with_.flatMap(({ clusters, done, name, soaked_at }) => {
    if (done < clusters)
      return [
        `wave ${name}: ${done} of ${clusters} clusters have release ${release} and are healthy. Wait for fleet rollout next`,
      ];
    if (soaked_at !== null && soaked_at > now) return [`wave ${name} soaks until ${soaked_at}. Promote after that`];
    return [];
  });
  const halted = waves.flatMap((wave) => (wave.halted === null ? [] : [`wave ${wave.name} is halted: ${wave.halted}`]));
  const failed = attention.flatMap(({ kind, what }) => (["failed", "inconclusive"].includes(kind) ? [what] : []));
  return [...new Set([...soaking, ...halted, ...failed])];
}
