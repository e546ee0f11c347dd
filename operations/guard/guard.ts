import type { GuardException, GuardSettings } from "../../fleet/model/guard";
import { GUARD_RULES } from "../../fleet/schema/guard";
import { didYouMean } from "../../language/suggest";
import { changes, type Plan } from "../plans/plan";
import { shortened } from "../plans/shortened";
import { changeId, judgeExceptions } from "./exceptions";
import { identify } from "./identity";
import { listRules } from "./list-rules";
import { notesOf } from "./notes";
import type { GuardFinding, GuardReport } from "./report";
import { actionNotes } from "./rules/actions";
import type { GuardedPlan, Surroundings } from "./rules/rule";
import { RULES } from "./rules/rules";
import { orderOf } from "./rules/whole-plan";

/** A plan file that was read. */
export interface PlanFile {
  /** As it is shown. */
  readonly file: string;
  readonly plan: Plan;
}

/** The settings and exceptions that apply to plans. */
export interface GuardPolicy {
  /** Tier -> what it lets pass. */
  readonly tiers: ReadonlyMap<string, GuardSettings>;
  readonly exceptions: readonly GuardException[];
  /** Cluster with a definition -> its tier; null if its file cannot be read. */
  readonly clusters: ReadonlyMap<string, string | null>;
  /** Cluster -> clusters whose networks are connected to its own. */
  readonly peers: ReadonlyMap<string, readonly string[]>;
  /** Cluster -> stacks of `extensions/stacks/` that its definition enables; nothing if that was not read. */
  readonly ownStacks?: ReadonlyMap<string, readonly string[]>;
}

export interface GuardOptions {
  readonly policy: GuardPolicy;
  /** YYYY-MM-DD */
  readonly today: string;
  /** Cluster of the plans that do not name one. */
  readonly cluster?: string | undefined;
  readonly terraform: string;
  readonly commit?: Surroundings["commit"];
}

/** Settings for a plan of unknown tier: the strictest of all. */
export const STRICTEST: GuardSettings = {
  protected: true,
  max_clusters_at_once: 1,
  max_nodes_percent: 33,
  max_addons_percent: 33,
};

/** Judges plans. Nothing is read or printed. */
export function guard(files: readonly PlanFile[], options: GuardOptions): GuardReport {
  const { policy, today } = options;
  const plans = files
    .map((file) => guarded(file, options))
    .sort((a, b) => orderOf(a.identity.stack) - orderOf(b.identity.stack));
  const surroundings: Surroundings = {
    plans,
    clusters: [...policy.clusters.keys()],
    peers: policy.peers,
    ownStacks: policy.ownStacks ?? new Map(),
    terraform: options.terraform,
    commit: options.commit,
  };
  const found = plans.flatMap((plan) => findingsOf(plan, surroundings));
  const judged = judgeExceptions(policy.exceptions, found, {
    today,
    clusters: plans.flatMap(({ identity }) => identity.cluster ?? []),
  });
  const findings = found.map((finding, index) => ({
    ...finding,
    exception: judged.find(({ lets }) => lets.includes(index))?.exception.name ?? null,
  }));
  return {
    version: 1,
    passed: findings.every(({ exception }) => exception !== null),
    plans: plans.map(({ file, identity, plan, settings }) => ({
      file,
      cluster: identity.cluster,
      stack: identity.stack,
      tiers: [...identity.tiers],
      protected: settings.protected,
      terraform_version: plan.terraformVersion ?? null,
      changes: plan.changes.filter((change) => change.managed && changes(change)).length,
    })),
    findings,
    notes: plans.flatMap((plan) =>
      [...notesOf(plan.plan), ...actionNotes(plan), ...identityNotes(plan, options)].map((note) => ({
        ...placeOf(plan),
        address: shortened(note.address, MOST_ADDRESS),
        message: note.message,
      })),
    ),
    exceptions: judged.map(({ change, exception, lets, status }) => ({
      name: exception.name,
      file: exception.file,
      rule: exception.rule,
      cluster: exception.cluster,
      address: exception.address,
      reason: exception.reason,
      who: exception.who,
      until: exception.until,
      status,
      lets: lets.length,
      change: change ?? null,
    })),
    rules: listRules(),
  };
}

const MOST_ADDRESS = 300;

function placeOf({ file, identity }: GuardedPlan) {
  return { file, cluster: identity.cluster, stack: identity.stack };
}

function guarded({ file, plan }: PlanFile, { cluster, policy }: GuardOptions): GuardedPlan {
  const found = identify(file, plan, { named: cluster, known: [...policy.clusters.keys()] });
  const defined = found.cluster === null ? undefined : policy.clusters.get(found.cluster);
  const tiers = [...new Set([...found.tiers, ...(defined ? [defined] : [])])];
  const settings = tiers.map((tier) => policy.tiers.get(tier) ?? STRICTEST);
  return {
    file,
    plan,
    identity: { ...found, tiers },
    settings: settings.length === 0 ? STRICTEST : settings.reduce(stricter),
  };
}

/** A cluster that moves from one tier to another is judged by both. */
function stricter(a: GuardSettings, b: GuardSettings): GuardSettings {
  const most = [a.max_clusters_at_once, b.max_clusters_at_once].filter((number) => number !== null);
  return {
    protected: a.protected || b.protected,
    max_clusters_at_once: most.length === 0 ? null : Math.min(...most),
    max_nodes_percent: Math.min(a.max_nodes_percent, b.max_nodes_percent),
    max_addons_percent: Math.min(a.max_addons_percent, b.max_addons_percent),
  };
}

function findingsOf(plan: GuardedPlan, surroundings: Surroundings): Omit<GuardFinding, "exception">[] {
  const { cluster, stack } = plan.identity;
  return GUARD_RULES.flatMap((rule) =>
    RULES[rule].find(plan, surroundings).map(({ address, change, loses }) => ({
      rule,
      ...placeOf(plan),
      address: shortened(address, MOST_ADDRESS),
      loses,
      proceed: RULES[rule].proceed,
      change: changeId(rule, cluster, stack, [address, change]),
    })),
  );
}

function identityNotes({ identity }: GuardedPlan, { policy }: GuardOptions) {
  const { cluster, tiers } = identity;
  const address = identity.stack ?? "plan";
  if (cluster === null)
    return [
      {
        address,
        message:
          "the plan names no cluster, so it is judged as one of a protected tier. Name the cluster with --cluster",
      },
    ];
  return [
    ...(policy.clusters.has(cluster)
      ? []
      : [
          {
            address,
            message: `${shortened(cluster)} has no definition${didYouMean(cluster, [...policy.clusters.keys()])}`,
          },
        ]),
    ...tiers
      .filter((tier) => !policy.tiers.has(tier))
      .map((tier) => ({ address, message: `tier ${shortened(tier)} has no file, so it counts as protected` })),
    ...(tiers.length === 0
      ? [{ address, message: "the plan names no tier, so it is judged as one of a protected tier" }]
      : []),
  ];
}
