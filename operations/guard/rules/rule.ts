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

/** Further facts for rules. */
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
  /** The commit from which the plans must have been created; undefined if it is unknown. */
  readonly commit: { readonly id: string; readonly time: string } | undefined;
}

/** Something in a plan that a rule stops. */
export interface Match {
  /** Address of the resource, or the name of the stack or tier if the finding is about more than one resource. */
  readonly address: string;
  /** The data, access or check that would be lost, opened or skipped. */
  readonly loses: string;
  /** Identifies this change among changes of the same address. An exception applies to this value only. */
  readonly change: unknown;
}

/** A message about a change that passes. */
export interface Note {
  readonly address: string;
  readonly message: string;
}

export type Matcher = (plan: GuardedPlan, surroundings: Surroundings) => readonly Match[];

/** A rule of the table. */
export interface Rule {
  /** The kind of change that the rule stops. */
  readonly stops: string;
  readonly why: string;
  /** The way to proceed without an exception. */
  readonly proceed: string;
  /** Treatment of values that are unknown until the apply. */
  readonly unknown: string;
  readonly find: Matcher;
}

export type RuleTable = Readonly<Record<GuardRule, Rule>>;
