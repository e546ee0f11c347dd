import { namedTwice } from "../../../language/twice";
import { zonesOf } from "../../network/zones";
import { nodeGroups, zonalName } from "../../nodes/node-groups";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import { requires } from "../../rules/forms";
import { unknownZones } from "../../rules/network-zones";

const zones: WorkerRule = ({ availability_zones }, subject) => {
  const regular = zonesOf(subject);
  if (regular.length === 0) return []; // the region is reported
  const { local_zones } = subject.definition.tfvars.networking;
  return unknownZones(["availability_zones"], availability_zones, [...regular, ...local_zones]);
};

export const checkZones = eachWorker([
  zones,
  ({ availability_zones }) => namedTwice(availability_zones, ["availability_zones"]),
]);

/** Names of groups have at most 31 characters, and the end of a zone's name uses 2 of them. */
const LONGEST_ZONAL = 29;

const zonalNames: WorkerRule = ({ name, per_zone }) =>
  per_zone && name.length > LONGEST_ZONAL
    ? [
        requires(
          ["per_zone"],
          `a name of at most ${LONGEST_ZONAL} characters, because each group's name ends with its zone, such as ${zonalName(name, "a")}`,
          `Shorten ${name}`,
        ),
      ]
    : [];

const zonalNamesOnce: WorkerRule = (worker, subject) => {
  if (!worker.per_zone || worker.name.length > LONGEST_ZONAL) return [];
  const zones = zonesOf(subject);
  const all = subject.definition.tfvars.workers.flatMap((each) => nodeGroups(each, zones).map(({ name }) => name));
  const twice = nodeGroups(worker, zones).find(({ name }) => all.indexOf(name) !== all.lastIndexOf(name));
  if (twice === undefined) return [];
  const message = `creates 2 groups with the name ${twice.name}. Rename one of them or list zones with different last letters`;
  return [{ path: ["per_zone"], message }];
};

/** Groups in each zone have names that differ from those of all other groups. */
export const checkPerZone = eachWorker([zonalNames, zonalNamesOnce]);
