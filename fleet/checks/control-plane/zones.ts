import { namedTwice } from "../../../language/twice";
import { zonesOf } from "../../network/zones";
import type { Check } from "../../rules/finding";
import { unknownZones } from "../../rules/network-zones";

const ZONES = ["tfvars", "cluster", "availability_zones"] as const;

const inNetwork: Check = (subject) => {
  const { availability_zones: own } = subject.definition.tfvars.cluster;
  const zones = zonesOf(subject);
  if (own === null || zones.length === 0) return []; // an unknown region is reported
  if (typeof own !== "number") return unknownZones(ZONES, own, zones);
  if (own <= zones.length) return [];
  const message = `must be at most ${zones.length}, the number of the network's zones, but is ${own}`;
  return [{ path: ZONES, message, against: [["tfvars", "networking", "availability_zones"]] }];
};

const once: Check = ({ definition }) => {
  const { availability_zones: own } = definition.tfvars.cluster;
  return own === null || typeof own === "number" ? [] : namedTwice(own, ZONES);
};

/** Rules about the zones of the control plane: each is one of the network's, listed once. */
export const controlPlaneZoneRules: readonly Check[] = [inNetwork, once];
