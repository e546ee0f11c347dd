import { ownValue } from "../language/plain-map";
import data from "./data/instance-offerings.json";

/** The day of the lists. AWS adds types to regions every month. */
export const OFFERINGS_DATE = data.date;

const MISSING: Readonly<Record<string, string>> = data.missing;
const NOWHERE = new Set(data.nowhere.split(" "));
const NO_SPOT = new Set(data.no_spot.split(" "));

const read = new Map<string, ReadonlyMap<string, readonly string[]>>();

/** True if a region offered a type on the day of the list, or if nothing is known of either. */
export function isOffered(instanceType: string, region: string): boolean {
  if (isRetired(instanceType)) return false;
  const [family = "", size = ""] = instanceType.split(".");
  const sizes = missingIn(region).get(family);
  return sizes === undefined || (sizes.length > 0 && !sizes.includes(size));
}

/** True if no region offered a type on the day of the list. */
export function isRetired(instanceType: string): boolean {
  return NOWHERE.has(instanceType);
}

/** True if a type has no spot instances. */
export function hasNoSpot(instanceType: string): boolean {
  return NO_SPOT.has(instanceType);
}

/** Returns the families that a region lacks, with the sizes; an empty list for all sizes. */
function missingIn(region: string): ReadonlyMap<string, readonly string[]> {
  let families = read.get(region);
  if (families === undefined) {
    families = new Map(
      (ownValue(MISSING, region) ?? "").split(" ").map((text) => {
        const [family = "", sizes = ""] = text.split(":");
        return [family, sizes === "" ? [] : sizes.split(",")];
      }),
    );
    read.set(region, families);
  }
  return families;
}
