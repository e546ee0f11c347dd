import { hasSubnet } from "../../network/subnets";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import { noEffect } from "../../rules/forms";
import { noSubnets } from "../../rules/missing-subnets";

const PATH = ["subnet_tier"] as const;

/** The network's rules report missing private subnets. */
const tier: WorkerRule = ({ subnet_tier }, { definition }) => {
  const missing = subnet_tier === "private" ? undefined : noSubnets(definition.tfvars.networking, subnet_tier);
  return missing === undefined ? [] : [{ path: PATH, ...missing }];
};

const localZones: WorkerRule = ({ availability_zones, subnet_tier }, { definition: { tfvars } }) => {
  const { networking } = tfvars;
  if (subnet_tier === "private" || noSubnets(networking, subnet_tier) !== undefined) return [];
  const without = availability_zones.filter(
    (zone) => networking.local_zones.includes(zone) && !hasSubnet(networking, subnet_tier, zone),
  );
  if (without.length === 0) return [];
  const message = `the network has no ${subnet_tier} subnet in ${without.join(", ")}. Use private subnets, or other availability_zones`;
  return [{ path: PATH, message }];
};

const publicAddress: WorkerRule = ({ associate_public_ip_address, subnet_tier }) => {
  if (associate_public_ip_address !== true || subnet_tier === "public") return [];
  const reason = `nothing routes from the internet to ${subnet_tier} subnets`;
  return [noEffect(["associate_public_ip_address"], reason, "or set subnet_tier: public")];
};

/** Public subnets have no route to a NAT gateway. */
const wayOut: WorkerRule = ({ associate_public_ip_address, launch_template, subnet_tier }, { definition }) => {
  const { ip_family, map_public_ip_on_launch } = definition.tfvars.networking;
  const has = associate_public_ip_address ?? map_public_ip_on_launch;
  if (subnet_tier !== "public" || has || ip_family !== "ipv4" || launch_template !== null) return [];
  const message =
    "is public, but without public addresses the nodes reach no registry and no AWS API. Set associate_public_ip_address: true";
  return [{ path: PATH, message }];
};

export const checkWorkerSubnets = eachWorker([tier, localZones, publicAddress, wayOut]);
