import type { Definition, Networking } from "../model/cluster";

/** Whether the cluster lives in a VPC that was there before it. */
export function usesExistingVpc({ existing_vpc }: Networking): boolean {
  return existing_vpc.vpc_id !== null || Object.keys(existing_vpc.vpc_tags).length > 0;
}

/** Whether the connections of the definition are made: in a VPC that exists only where that is said. */
export function makesConnections(networking: Networking): boolean {
  return !usesExistingVpc(networking) || networking.existing_vpc.add_connections;
}

/** The same of endpoints. */
export function makesEndpoints(networking: Networking): boolean {
  return !usesExistingVpc(networking) || networking.existing_vpc.add_endpoints;
}

/**
 * Whether two clusters say that they are in one VPC: both find it in the same way, or one finds the VPC of the other by the tag
 * `Cluster`, which everything of a cluster has.
 */
export function isSameVpc(a: Definition, b: Definition): boolean {
  const [here, there] = [a, b].map(({ tfvars }) => tfvars.networking);
  if (here === undefined || there === undefined || a.tfvars.common.aws_region !== b.tfvars.common.aws_region)
    return false;
  if (usesExistingVpc(here) && usesExistingVpc(there)) return seed(here) === seed(there);
  return isVpcOf(a, b) || isVpcOf(b, a);
}

function seed({ existing_vpc: { vpc_id, vpc_tags } }: Networking): string {
  return vpc_id ?? JSON.stringify(Object.entries(vpc_tags).sort());
}

function isVpcOf(owner: Definition, guest: Definition): boolean {
  return guest.tfvars.networking.existing_vpc.vpc_tags["Cluster"] === owner.meta.CLUSTER_NAME;
}
