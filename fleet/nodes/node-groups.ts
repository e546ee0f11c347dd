import type { Worker } from "../model/cluster";

/**
 * Returns the groups of a worker of a definition: the worker itself, or with `per_zone` one group in each of its zones. The last
 * letter of a zone distinguishes it from the other zones of its region.
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
