import { sharedTwice } from "../../../language/twice";
import type { Networking } from "../../model/cluster";
import { regionOf } from "../../network/zones";
import { eachItem, type ItemRule } from "../../rules/each-item";
import type { Check } from "../../rules/finding";
import { exactlyOne, requires } from "../../rules/forms";
import { knownRegion } from "../../rules/known-region";

const PEERINGS = ["tfvars", "networking", "vpc_peering_connections"] as const;

type PeeringRule = ItemRule<Networking["vpc_peering_connections"][number]>;

/** Keys that describe another VPC. Another cluster's definition has them. */
const OF_ANOTHER_VPC = ["peer_owner_id", "peer_region", "destination_cidrs", "destination_ipv6_cidrs"] as const;

const leadsToOne: PeeringRule = (peering) => exactlyOne(peering, "cluster", "peer_vpc_id");

const leavesToTheOtherDefinition: PeeringRule = (peering) => {
  const { cluster, peer_vpc_id } = peering;
  if (cluster === undefined || peer_vpc_id !== undefined) return [];
  return OF_ANOTHER_VPC.filter((key) => peering[key] !== undefined).map((key) => {
    return { path: [key], message: `comes from the definition of ${cluster}. Remove it` };
  });
};

const leadsBack: PeeringRule = ({ cluster, peer_tiers, peer_vpc_id }) => {
  if (cluster === undefined || peer_vpc_id !== undefined || peer_tiers !== undefined) return [];
  return [requires([], "peer_tiers", `Name the tiers of ${cluster} whose route tables lead back`)];
};

const routesHereOnly: PeeringRule = ({ cluster, peer_tiers, peer_vpc_id }) => {
  if (cluster !== undefined || peer_vpc_id === undefined || peer_tiers === undefined) return [];
  const message = "is for a cluster of this directory. The route tables of peer_vpc_id are not managed here. Remove it";
  return [{ path: ["peer_tiers"], message }];
};

const namesTheOtherRanges: PeeringRule = ({ cluster, destination_cidrs, peer_vpc_id }) => {
  if (cluster !== undefined || peer_vpc_id === undefined || destination_cidrs !== undefined) return [];
  return [requires([], "destination_cidrs", "List the ranges of peer_vpc_id")];
};

const perPeering: Check = (subject) =>
  eachItem(PEERINGS, subject.definition.tfvars.networking.vpc_peering_connections, [
    leadsToOne,
    leavesToTheOtherDefinition,
    leadsBack,
    routesHereOnly,
    namesTheOtherRanges,
    ({ peer_region }) =>
      peer_region === undefined ? [] : knownRegion(["peer_region"], peer_region, Object.keys(subject.regions)),
    ({ peer_region }) => {
      if (peer_region === undefined || !Object.hasOwn(subject.regions, peer_region)) return [];
      const [here, there] = [regionOf(subject)?.partition, subject.regions[peer_region]?.partition];
      if (here === undefined || there === here) return [];
      const message = `${peer_region} is in partition ${there} and this cluster in ${here}. AWS peers VPCs within one partition only`;
      return [{ path: ["peer_region"], message }];
    },
  ]);

const onePerVpc: Check = ({ definition }) =>
  sharedTwice(
    definition.tfvars.networking.vpc_peering_connections,
    ({ peer_vpc_id }) => peer_vpc_id,
    PEERINGS,
    "peer_vpc_id",
    (id, first) => `${first} already leads to ${id}. Two VPCs have one peering connection. Remove one of them`,
  );

export const peeringRules: readonly Check[] = [perPeering, onePerVpc];
