import type { SubnetTier, Tier } from "../../language/words/subnet-tiers";

/** Something of every tier that nodes can be in, and of the others where the network has them. */
type ByTier<Value> = Readonly<Record<Tier, Value>> & Readonly<Partial<Record<Exclude<SubnetTier, Tier>, Value>>>;

/**
 * The interface of a network for everything that is built on it. An existing network can have the same, so a field is added only if
 * such a network has it too.
 */
export interface NetworkRef {
  readonly vpc_id: string;
  readonly vpc_cidr_block: string;
  /** Its IPv6 block; absent where it has none. */
  readonly vpc_ipv6_cidr_block?: string;
  /** Zones of the region that have a subnet of each tier, the first one first. Local zones are not among them. */
  readonly zones: readonly string[];
  /**
   * Tier -> zone -> id of the subnet. A tier that the network does without is empty, but `intra`: the control plane's interfaces
   * are in the private subnets then, or in the public ones of a VPC without private subnets. Local zones have private and public ones only.
   */
  readonly subnet_ids: ByTier<Readonly<Record<string, string>>>;
  /** Tier -> ids of its route tables, each once, in the order of the zones; none of a VPC that exists, which are not ours. */
  readonly route_table_ids: ByTier<readonly string[]>;
  /** The DB subnet group of the tier `database`; absent without that tier. */
  readonly database_subnet_group_name?: string;
}
