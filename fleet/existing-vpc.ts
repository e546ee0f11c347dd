import type { Networking } from "./cluster";

/** Whether the cluster lives in a VPC that was there before it. */
export function usesExistingVpc({ existing_vpc }: Networking): boolean {
  return existing_vpc.vpc_id !== null || Object.keys(existing_vpc.vpc_tags).length > 0;
}
