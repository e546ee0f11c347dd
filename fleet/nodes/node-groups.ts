import type { Worker } from "../model/cluster";

/**
 * The groups that a worker of a definition stands for: itself, or with `per_zone` one in each of its zones. A zone's last letter
 * tells it from the region's others.
 *
 * @param zones the network's, for a worker that names none
 */
export function nodeGroups(worker: Worker, zones: readonly string[]): Worker[] {
  if (!worker.per_zone) return [worker];
  const own = worker.availability_zones.length === 0 ? zones : worker.availability_zones;
  return own.map((zone) => ({ ...worker, name: zonalName(worker.name, zone), availability_zones: [zone] }));
}

export function zonalName(name: string, zone: string): string {
  return `${name}-${zone.slice(-1)}`;
}
