import { didYouMean, listed } from "../../../language/suggest";
import type { Definition } from "../../model/cluster";
import { zonesOf } from "../../network/zones";
import type { Check, Finding } from "../../rules/finding";
import { noSubnets } from "../../rules/missing-subnets";

/** The subnets and zones of profiles are the network's. */
export const checkFargate: Check = (subject) => {
  const { fargate_profiles, networking } = subject.definition.tfvars;
  const zones = zonesOf(subject);
  return fargate_profiles.flatMap((profile, index): Finding[] => {
    const { availability_zones = [], subnet_tier = "private" } = profile;
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
    const ofRole = role(profile, subject.account?.id).map(({ path, ...finding }) => ({
      ...finding,
      path: ["tfvars", "fargate_profiles", index, ...path],
    }));
    return [...(missing === undefined ? [] : [{ path: tier, ...missing }]), ...ofZones, ...ofRole];
  });
};

/** A role that exists is of the cluster's account, and is given nothing here. */
function role(profile: Definition["tfvars"]["fargate_profiles"][number], account: string | undefined): Finding[] {
  const { pod_execution_role_arn: arn } = profile;
  if (arn === undefined) return [];
  const message = "has no effect on a role that exists: change it where the role is made";
  const findings: Finding[] = (["managed_policy_arns", "statements"] as const)
    .filter((key) => profile[key] !== undefined)
    .map((key) => ({ path: [key], message }));
  const owner = arn.split(":")[4];
  if (account === undefined || owner === account) return findings;
  const elsewhere = `is a role of account ${owner}, and the cluster is in ${account}: EKS takes one of its own`;
  return [...findings, { path: ["pod_execution_role_arn"], message: elsewhere }];
}
