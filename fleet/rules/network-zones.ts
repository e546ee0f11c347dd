import { didYouMean, listed } from "../../language/suggest";
import type { Path } from "../../language/yaml/tree";
import { eachItem } from "./each-item";
import type { Finding } from "./finding";

/**
 * Reports zones that the network does not have.
 *
 * @param known zones of the network; none if the region does not exist, which another rule reports
 */
export function unknownZones(path: Path, zones: readonly string[], known: readonly string[]): Finding[] {
  if (known.length === 0) return [];
  return eachItem(path, zones, [
    (zone) => {
      if (known.includes(zone)) return [];
      const message = `${JSON.stringify(zone)} is not a zone of the cluster's network${didYouMean(zone, known) || "."} Its zones: ${listed(known)}`;
      return [{ path: [], message }];
    },
  ]);
}
