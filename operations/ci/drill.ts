/** Returns the cluster that is drilled in a month: each in its turn, so that a fleet of twelve is drilled once a year. */
export function drilledCluster(names: readonly string[], today: string): string | undefined {
  const [year = 0, month = 1] = today.split("-").map(Number);
  const sorted = [...names].sort();
  return sorted.length === 0 ? undefined : sorted[(year * 12 + month - 1) % sorted.length];
}
