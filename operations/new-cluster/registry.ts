import { join } from "node:path";
import type { Fleet } from "../../fleet/load";
import { usesExistingVpc } from "../../fleet/network/existing-vpc";
import type { Surroundings } from "./request";
import { type Reservation, reserveRanges } from "./reserve-range";

/** The file of reserved ranges, with its whole text. */
export interface RegistryFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Returns ranges.yaml with the range of one more cluster. A missing file gets the ranges of all clusters. A range that the file
 * reserves already keeps its line, also if that names another cluster, which the checks report.
 */
export function registryWith(reservation: Reservation, { fleet, layers, ranges }: Surroundings): RegistryFile {
  const path = join(layers.files.directory, "ranges.yaml");
  if (ranges !== undefined && layers.reservedRanges(reservation.account).includes(reservation.range))
    return { path, text: ranges };
  return { path, text: reserveRanges(ranges, [...(ranges === undefined ? rangesOfClusters(fleet) : []), reservation]) };
}

function rangesOfClusters({ clusters }: Fleet): Reservation[] {
  return clusters.flatMap(({ name, account, tfvars: { networking } }) =>
    usesExistingVpc(networking) ? [] : [{ account: account.name, range: networking.vpc_cidr, cluster: name }],
  );
}
