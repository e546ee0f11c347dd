import type { Tier } from "../../fleet/tiers";

/**
 * All that anything built on a network may ask of it. A network that exists already can say the same, so a field is added only
 * where such a network has it too.
 */
export interface NetworkRef {
  readonly vpc_id: string;
  readonly vpc_cidr_block: string;
  /** Zones that have a subnet of each tier, the first one first. */
  readonly zones: readonly string[];
  /** Tier -> zone -> id of the subnet. */
  readonly subnet_ids: Readonly<Record<Tier, Readonly<Record<string, string>>>>;
  /** Tier -> ids of its route tables, each once, in the order of the zones. */
  readonly route_table_ids: Readonly<Record<Tier, readonly string[]>>;
}
