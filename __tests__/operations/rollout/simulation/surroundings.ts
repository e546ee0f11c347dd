import type { RolloutRecord, Stored } from "../../../../operations/rollout/records/record";
import type { Random } from "./random";
import type { ClusterTruth } from "./truth";
import type { World } from "./world";

/** The part of a simulation that persons and health checks see and change. */
export interface Surroundings {
  readonly now: number;
  readonly quiet: boolean;
  readonly random: Random;
  readonly world: World;
  readonly truths: ReadonlyMap<string, ClusterTruth>;
  readonly halts: { readonly wave: string | null; readonly id: string }[];
  readonly approvals: Set<string>;
  readonly emergencies: { readonly clusters: readonly string[]; readonly from: number; readonly until: number }[];
  count(what: string): void;
  /** Adds a record that states what happened. */
  state(content: RolloutRecord): Promise<Stored>;
  /** The latest time of a record that nobody declared wrong. */
  latest(): { readonly id: string; readonly at: number } | undefined;
  lift(id: string): void;
  /** Returns the fields that every record has. */
  common(): { readonly version: 1; readonly at: string; readonly commit: "c" };
}
