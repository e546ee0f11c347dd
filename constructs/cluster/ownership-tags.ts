import type { Cluster } from "../../fleet/model/cluster";

/**
 * Who answers for a resource, on everything the cluster makes: the provider puts them on what Terraform makes, launch
 * templates on what Auto Scaling makes. Ours come last, because sweeps after a teardown search by `Cluster`.
 */
export function ownershipTags({ name, meta, tfvars }: Cluster): Readonly<Record<string, string>> {
  return {
    ...tfvars.common.tags,
    Cluster: name,
    Tier: meta.TIER,
    Owner: meta.OWNER,
    ManagedBy: "terraform",
  };
}
