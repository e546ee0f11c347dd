import { didYouMean, listed } from "../../language/suggest";
import type { Path } from "../../language/yaml/tree";
import type { Finding } from "./finding";

/** Reports a zone that the cluster's network does not have; nothing if the zones of the network are unknown. */
export function zoneOfNetwork(path: Path, zone: string, zones: readonly string[]): Finding[] {
  if (zones.length === 0 || zones.includes(zone)) return [];
  const meant = didYouMean(zone, zones) || ".";
  const message = `${JSON.stringify(zone)} is not a zone of the cluster's network${meant} Its zones: ${listed(zones)}`;
  return [{ path, message }];
}
