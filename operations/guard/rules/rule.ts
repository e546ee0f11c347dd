import type { GuardSettings } from "../../../fleet/model/guard";
import type { GuardRule } from "../../../fleet/schema/guard";
import type { Plan } from "../../plans/plan";
import type { PlanIdentity } from "../identity";

/** A plan, and what it is judged by. */
export interface GuardedPlan {
  readonly file: string;
  readonly plan: Plan;
  readonly identity: PlanIdentity;
  /** The strictest settings of the tiers that the plan names. */
  readonly settings: GuardSettings;
}

/** What else a rule may need. */
export interface Surroundings {
  /** Every plan of the call. */
  readonly plans: readonly GuardedPlan[];
  /** Names of the clusters that have a definition. */
  readonly clusters: readonly string[];
  /** Cluster -> clusters whose networks are connected to its own, by their definitions. */
  readonly peers: ReadonlyMap<string, readonly string[]>;
  /** Cluster -> stacks of `extensions/stacks/` that its definition enables. */
  readonly ownStacks: ReadonlyMap<string, readonly string[]>;
  /** Range of the Terraform versions that may make plans. */
  readonly terraform: string;
  /** The commit from which the plans must have been created; undefined if it is not known. */
  readonly commit: { readonly id: string; readonly time: string } | undefined;
}

/** Something in a plan that a rule stops. */
export interface Match {
  /** Address of the resource; of what is not one resource, the stack's or the tier's name. */
  readonly address: string;
  /** What would be lost, opened or skipped. */
  readonly loses: string;
  /** What distinguishes this change from the next on the same address: an exception is bound to it. */
  readonly change: unknown;
}

/** Something that a reader should see, but that may pass. */
export interface Note {
  readonly address: string;
  readonly message: string;
}

export type Matcher = (plan: GuardedPlan, surroundings: Surroundings) => readonly Match[];

/** A rule of the table. */
export interface Rule {
  /** What it stops. */
  readonly stops: string;
  readonly why: string;
  /** How to proceed without an exception. */
  readonly proceed: string;
  /** What counts if a value is known only after the apply. */
  readonly unknown: string;
  readonly find: Matcher;
}

export type RuleTable = Readonly<Record<GuardRule, Rule>>;
