import type { Definition, Networking } from "../model/cluster";

/** True if the VPC existed before the cluster. */
export function usesExistingVpc({ existing_vpc }: Networking): boolean {
  return existing_vpc.vpc_id !== null || Object.keys(existing_vpc.vpc_tags).length > 0;
}

/** True if the connections of the definition are created; in an existing VPC only if `add_connections` is set. */
export function makesConnections(networking: Networking): boolean {
  return !usesExistingVpc(networking) || networking.existing_vpc.add_connections;
}

/** True if the endpoints of the definition are created; in an existing VPC only if `add_endpoints` is set. */
export function makesEndpoints(networking: Networking): boolean {
  return !usesExistingVpc(networking) || networking.existing_vpc.add_endpoints;
}

/**
 * True if two definitions name the same VPC: both find it in the same way, or one finds the VPC of the other by the tag `Cluster`,
 * which all resources of a cluster have.
 */
export function isSameVpc(a: Definition, b: Definition): boolean {
  const [here, there] = [a.tfvars.networking, b.tfvars.networking];
  if (a.tfvars.common.aws_region !== b.tfvars.common.aws_region) return false;
  if (usesExistingVpc(here) && usesExistingVpc(there)) return seed(here) === seed(there);
  return isVpcOf(a, b) || isVpcOf(b, a);
}

function seed({ existing_vpc: { vpc_id, vpc_tags } }: Networking): string {
  return vpc_id ?? JSON.stringify(Object.entries(vpc_tags).sort());
}

function isVpcOf(owner: Definition, guest: Definition): boolean {
  return guest.tfvars.networking.existing_vpc.vpc_tags["Cluster"] === owner.meta.CLUSTER_NAME;
}
