import { didYouMean, listed } from "../suggest";
import type { Check, Finding } from "./finding";
import { zonesOf } from "./networking";
import { noSubnets } from "./worker-subnets";

/** The subnets and zones of profiles are the network's. */
export const checkFargate: Check = (subject) => {
  const { fargate_profiles, networking } = subject.definition.tfvars;
  const zones = zonesOf(subject);
  return fargate_profiles.flatMap(({ availability_zones = [], subnet_tier = "private" }, index): Finding[] => {
    // That there are private ones is a rule of the network.
    const missing = subnet_tier === "private" ? undefined : noSubnets(networking, subnet_tier);
    const tier = ["tfvars", "fargate_profiles", index, "subnet_tier"];
    const ofZones = availability_zones.flatMap((zone, place): Finding[] => {
      const path = ["tfvars", "fargate_profiles", index, "availability_zones", place];
      if (availability_zones.indexOf(zone) < place)
        return [{ path, message: `names ${zone} twice: name each zone once` }];
      if (zones.length === 0 || zones.includes(zone)) return [];
      const message = `${JSON.stringify(zone)} is not a zone of the cluster's network${didYouMean(zone, zones) || "."} Its zones: ${listed(zones)}`;
      return [{ path, given: [["tfvars", "networking", "availability_zones"]], message }];
    });
    return [...(missing === undefined ? [] : [{ path: tier, ...missing }]), ...ofZones];
  });
};
