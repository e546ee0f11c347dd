import { sharedTwice } from "../../../language/twice";
import { usesExistingVpc } from "../../network/existing-vpc";
import { tierPrefixLength } from "../../network/subnets";
import { zonesOf } from "../../network/zones";
import { eachItem } from "../../rules/each-item";
import type { Check } from "../../rules/finding";
import { unknownZones } from "../../rules/network-zones";

const NETWORKING = ["tfvars", "networking"] as const;
const ASSOCIATIONS = [...NETWORKING, "client_vpn_associations"] as const;

const zonesExist: Check = (subject) => {
  const zones = zonesOf(subject);
  return eachItem(ASSOCIATIONS, subject.definition.tfvars.networking.client_vpn_associations, [
    ({ availability_zones }) => unknownZones(["availability_zones"], availability_zones, zones),
  ]);
};

const associatedOnce: Check = ({ definition }) =>
  sharedTwice(
    definition.tfvars.networking.client_vpn_associations,
    ({ client_vpn_endpoint_id }) => client_vpn_endpoint_id,
    ASSOCIATIONS,
    "client_vpn_endpoint_id",
    (id, first) => `${first} already associates ${id}. Name all zones in one of them`,
  );

/** Prefix length of the smallest subnet that a Client VPN endpoint accepts: "Target networks" of the Client VPN guide. */
const SMALLEST_TARGET = 27;

const subnetsAreLargeEnough: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (usesExistingVpc(networking)) return [];
  return eachItem(ASSOCIATIONS, networking.client_vpn_associations, [
    ({ tier }) => {
      const prefix = tierPrefixLength(networking, tier);
      if (prefix <= SMALLEST_TARGET) return [];
      const message = `a Client VPN endpoint requires subnets of at least a /${SMALLEST_TARGET}, but the ${tier} subnets are a /${prefix}. Choose another tier, or a shorter subnet_prefix_lengths.${tier}`;
      return [{ path: ["tier"], message }];
    },
  ]);
};

const tenancyIsShared: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (usesExistingVpc(networking) || networking.client_vpn_associations.length === 0) return [];
  if (networking.instance_tenancy !== "dedicated") return [];
  const message =
    "must not be dedicated, because Client VPN endpoints do not support VPCs with dedicated tenancy. Set default here, and dedicated for the groups that require it";
  return [{ path: [...NETWORKING, "instance_tenancy"], message, because: [ASSOCIATIONS] }];
};

export const clientVpnRules: readonly Check[] = [zonesExist, associatedOnce, subnetsAreLargeEnough, tenancyIsShared];
