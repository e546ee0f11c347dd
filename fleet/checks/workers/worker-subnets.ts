import { hasSubnet } from "../../network/subnets";
import { eachWorker, type WorkerRule } from "../../rules/each-worker";
import { noSubnets } from "../../rules/missing-subnets";

/** The group's subnets are there. */
const tier: WorkerRule = ({ availability_zones, subnet_tier }, { definition }) => {
  const { networking } = definition.tfvars;
  if (subnet_tier === "private") return []; // that there are private ones is a rule of the network
  const path = ["subnet_tier"];
  const missing = noSubnets(networking, subnet_tier);
  if (missing !== undefined) return [{ path, ...missing }];
  const without = availability_zones.filter(
    (zone) => networking.local_zones.includes(zone) && !hasSubnet(networking, subnet_tier, zone),
  );
  if (without.length === 0) return [];
  const message = `the network has no ${subnet_tier} subnet in ${without.join(", ")}: take private, or other availability_zones`;
  return [{ path, given: [["availability_zones"], ["tfvars", "networking", "local_zones"]], message }];
};

/** A public address is of use only where a route leads to it. */
const publicAddress: WorkerRule = ({ associate_public_ip_address, subnet_tier }) => {
  if (associate_public_ip_address !== true || subnet_tier === "public") return [];
  const message = `is of no use in ${subnet_tier} subnets, to which nothing routes from the internet: remove it, or set subnet_tier: public`;
  return [{ path: ["associate_public_ip_address"], given: [["subnet_tier"]], message }];
};

/** In a public subnet without an address of its own a node reaches nothing, because no NAT gateway is on its way. */
const wayOut: WorkerRule = ({ associate_public_ip_address, launch_template, subnet_tier }, { definition }) => {
  const { ip_family, map_public_ip_on_launch } = definition.tfvars.networking;
  const has = associate_public_ip_address ?? map_public_ip_on_launch;
  if (subnet_tier !== "public" || has || ip_family !== "ipv4" || launch_template !== null) return [];
  const message =
    "is public, and without a public address its nodes reach no registry and no AWS API: set associate_public_ip_address: true";
  return [{ path: ["subnet_tier"], given: [["associate_public_ip_address"]], message }];
};

const keys: WorkerRule = ({ key_name, public_key }) =>
  key_name === null || public_key === null
    ? []
    : [
        {
          path: ["public_key"],
          given: [["key_name"]],
          message: "makes a key pair where key_name names one: keep one of them",
        },
      ];

export const checkWorkerSubnets = eachWorker([tier, publicAddress, wayOut, keys]);
