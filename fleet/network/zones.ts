import { SUBNET_TIERS } from "../../language/words/subnet-tiers";
import type { Networking, Tfvars } from "../model/cluster";
import type { Subject } from "../model/subject";

const NETWORKING = ["tfvars", "networking"] as const;
export const VPC_CIDR = [...NETWORKING, "vpc_cidr"] as const;
/** This host, loopback, link-local, and multicast with what lies above it. */
export const UNUSABLE = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"];
export const PRIVATE_SPACE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Returns the facts about the cluster's region; undefined for an unknown region, even one called `constructor`. */
export function regionOf({ definition, regions }: Pick<Subject, "definition" | "regions">) {
  const { aws_region } = definition.tfvars.common;
  return Object.hasOwn(regions, aws_region) ? regions[aws_region] : undefined;
}

/**
 * Returns zones by name, or so many of the region's first ones; none where the region is unknown. If an existing VPC names the subnets
 * of so many zones, these are meant.
 */
export function zonesOf({ definition, regions }: Pick<Subject, "definition" | "regions">): readonly string[] {
  const { availability_zones, existing_vpc } = definition.tfvars.networking;
  if (typeof availability_zones !== "number") return availability_zones;
  const zones = regionOf({ definition, regions })?.zones ?? [];
  const named = zones.filter((zone) => SUBNET_TIERS.some((tier) => existing_vpc.subnet_ids[tier][zone] !== undefined));
  return named.length === availability_zones ? named : zones.slice(0, availability_zones);
}

/**
 * Returns the zones of the control plane: those that the cluster names, or so many of the network's first ones.
 *
 * @param zones the network's; all of them by default
 */
export function controlPlaneZones(
  { availability_zones: own }: Pick<Tfvars["cluster"], "availability_zones">,
  zones: readonly string[],
): readonly string[] {
  if (own === null) return zones;
  return typeof own === "number" ? zones.slice(0, own) : own;
}

/** Returns every range of a VPC, with the path of its key. */
export function rangesOf({ vpc_cidr, secondary_cidr_blocks }: Networking) {
  return [
    { range: vpc_cidr, path: VPC_CIDR },
    ...secondary_cidr_blocks.map((range, index) => ({ range, path: [...NETWORKING, "secondary_cidr_blocks", index] })),
  ];
}
