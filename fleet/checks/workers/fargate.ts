import { namedTwice } from "../../../language/twice";
import type { Definition } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { zonesOf } from "../../network/zones";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";
import { noEffect, ownRole } from "../../rules/forms";
import { noSubnets } from "../../rules/missing-subnets";
import { unknownZones } from "../../rules/network-zones";

type ProfileRule = (profile: Definition["tfvars"]["fargate_profiles"][number], subject: Subject) => readonly Finding[];

const subnets: ProfileRule = ({ subnet_tier = "private" }, { definition }) => {
  // That private subnets exist is a rule of the network.
  const missing = subnet_tier === "private" ? undefined : noSubnets(definition.tfvars.networking, subnet_tier);
  return missing === undefined ? [] : [{ path: ["subnet_tier"], ...missing }];
};

const zones: ProfileRule = ({ availability_zones = [] }, subject) =>
  unknownZones(["availability_zones"], availability_zones, zonesOf(subject));

const zonesOnce: ProfileRule = ({ availability_zones = [] }) => namedTwice(availability_zones, ["availability_zones"]);

const existingRole = (["managed_policy_arns", "statements"] as const).map(
  (key): ProfileRule =>
    (profile) =>
      profile.pod_execution_role_arn === undefined || profile[key] === undefined
        ? []
        : [noEffect([key], "pod_execution_role_arn is an existing role", "and change the role where it is defined")],
);

const account: ProfileRule = ({ pod_execution_role_arn }, subject) =>
  ownRole(subject, ["pod_execution_role_arn"], pod_execution_role_arn);

/** Fargate profiles use subnets and zones of the network, and roles of the account. */
export const checkFargate: Check = (subject) =>
  eachItem(
    ["tfvars", "fargate_profiles"],
    subject.definition.tfvars.fargate_profiles,
    [subnets, zones, zonesOnce, ...existingRole, account].map((rule) => (profile) => rule(profile, subject)),
  );
