import { didYouMean, listed } from "../suggest";
import type { Check, Finding } from "./finding";
import { zonesOf } from "./networking";

/** Profiles differ by name, and their zones are the network's. */
export const checkFargate: Check = (subject) => {
  const { fargate_profiles } = subject.definition.tfvars;
  const zones = zonesOf(subject);
  return fargate_profiles.flatMap(({ availability_zones = [] }, index): Finding[] =>
    availability_zones.flatMap((zone, place) => {
      const path = ["tfvars", "fargate_profiles", index, "availability_zones", place];
      if (availability_zones.indexOf(zone) < place)
        return [{ path, message: `names ${zone} twice: name each zone once` }];
      if (zones.length === 0 || zones.includes(zone)) return [];
      const message = `${JSON.stringify(zone)} is not a zone of the cluster's network${didYouMean(zone, zones) || "."} Its zones: ${listed(zones)}`;
      return [{ path, given: [["tfvars", "networking", "availability_zones"]], message }];
    }),
  );
};
