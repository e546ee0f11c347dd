import { field, items, numberOf, stableText, valueAt } from "../../plans/json";
import { changes, destroys, type Plan, type ResourceChange } from "../../plans/plan";
import { shortened } from "../../plans/shortened";
import { after, before, content } from "../../plans/values";
import type { Match, Matcher } from "./rule";

/** Settings of a group whose change replaces its nodes, though Terraform updates the group in place. */
const ROLLING: Readonly<Record<string, readonly string[]>> = {
  aws_eks_node_group: ["release_version", "version", "launch_template", "ami_type"],
  aws_autoscaling_group: ["launch_template", "mixed_instances_policy", "launch_configuration"],
  aws_eks_fargate_profile: [],
};

const KINDS: Readonly<Record<string, string>> = {
  aws_eks_node_group: "managed node groups",
  aws_autoscaling_group: "self-managed node groups",
  aws_eks_fargate_profile: "Fargate profiles",
  helm_release: "Helm releases",
  aws_eks_addon: "EKS add-ons",
};

/** A group of nodes before the plan. */
interface Group {
  readonly change: ResourceChange;
  readonly nodes: number;
  /** Nodes that the plan replaces or ends. */
  readonly leaving: number;
}

/** Stops a plan that replaces too many nodes, or every group of a kind. */
export const rollsNodes: Matcher = ({ plan, settings }) => {
  const most = settings.max_nodes_percent;
  if (most >= 100) return [];
  const groups = existing(plan, Object.keys(ROLLING)).map((change): Group => {
    const nodes = sizeOf(change);
    return { change, nodes, leaving: rolls(change) ? nodes : Math.max(0, nodes - largestAfter(change)) };
  });
  const rolling = groups.filter(({ change, leaving }) => leaving > 0 || rolls(change));
  if (rolling.length === 0) return [];
  const [all, leaving] = [sum(groups.map(({ nodes }) => nodes)), sum(rolling.map((group) => group.leaving))];
  const share = `replaces or ends ${leaving} of ${all} nodes (${percentOf(leaving, all)} %, at most ${most} %)`;
  const kind = wholeKind(
    groups.map(({ change }) => change),
    rolling.map(({ change }) => change),
  );
  const parts = [...(leaving * 100 > most * all ? [share] : []), ...(kind === undefined ? [] : [`replaces ${kind}`])];
  return matchOf(
    parts,
    rolling.map(({ change }) => change),
    "eks-workers",
    ROLLING,
  );
};

/** Settings of an addon whose change restarts what it runs. */
const CHANGING: Readonly<Record<string, readonly string[]>> = {
  helm_release: [
    "version",
    "chart",
    "repository",
    "values",
    "set",
    "set_list",
    "set_sensitive",
    "set_wo",
    "postrender",
  ],
  aws_eks_addon: ["addon_version", "configuration_values"],
};

/** Stops a plan that changes too many addons, or every addon of a kind. A single one may always change. */
export const rollsAddons: Matcher = ({ identity, plan, settings }) => {
  const most = settings.max_addons_percent;
  if (most >= 100) return [];
  const addons = existing(plan, Object.keys(CHANGING));
  const changed = addons.filter((change) => destroys(change) || hasChanged(change, CHANGING[change.type] ?? []));
  if (changed.length < 2) return [];
  const share = `changes ${changed.length} of ${addons.length} addons (${percentOf(changed.length, addons.length)} %, at most ${most} %)`;
  const kind = wholeKind(addons, changed);
  const parts = [
    ...(changed.length * 100 > most * addons.length ? [share] : []),
    ...(kind === undefined ? [] : [`changes ${kind}`]),
  ];
  return matchOf(parts, changed, identity.stack ?? "addons", CHANGING);
};

function matchOf(
  parts: readonly string[],
  changed: readonly ResourceChange[],
  address: string,
  settings: Readonly<Record<string, readonly string[]>>,
): Match[] {
  if (parts.length === 0) return [];
  const targets = changed.map((change) => [
    change.address,
    change.actions,
    content(change, settings[change.type] ?? []),
  ]);
  const list = listOf(changed.map((change) => change.address));
  return [{ address, loses: `${parts.join("; ")}: ${list}`, change: targets.map(stableText).sort() }];
}

const MOST_NAMED = 4;

function listOf(addresses: readonly string[]): string {
  const named = addresses.slice(0, MOST_NAMED).map((address) => shortened(address));
  const more = addresses.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
}

/** Objects that exist before the plan. */
function existing({ changes: all }: Plan, types: readonly string[]): ResourceChange[] {
  return all.filter(
    (change) =>
      change.managed &&
      types.includes(change.type) &&
      change.deposed === undefined &&
      (destroys(change) || !change.actions.includes("create")),
  );
}

/** Without an instance refresh, a changed Auto Scaling group keeps its nodes: only later ones are different. */
function rolls(change: ResourceChange): boolean {
  if (destroys(change)) return true;
  const keeps = change.type === "aws_autoscaling_group" && items(field(change.after, "instance_refresh")).length === 0;
  return !keeps && hasChanged(change, ROLLING[change.type] ?? []);
}

/**
 * True if the change updates one of the keys. A value that is unknown until the apply counts as updated, for example a launch template's
 * next version.
 */
function hasChanged(change: ResourceChange, keys: readonly string[]): boolean {
  if (!changes(change) || change.actions.includes("forget")) return false;
  return keys.some((key) => {
    const then = after(change, [key]);
    return then.unknown || stableText(before(change, [key]).value ?? null) !== stableText(then.value ?? null);
  });
}

/** Returns the kind of which every object changes, if there are several. */
function wholeKind(all: readonly ResourceChange[], changed: readonly ResourceChange[]): string | undefined {
  for (const [type, kind] of Object.entries(KINDS)) {
    const [every, some] = [all, changed].map((list) => list.filter((change) => change.type === type).length);
    if (every !== undefined && every > 1 && every === some) return `all ${every} ${kind}`;
  }
  return undefined;
}

/** Number of nodes of a group: what it runs now, or else the fewest that it may have. */
function sizeOf({ before: group, type }: ResourceChange): number {
  const sizes = type === "aws_eks_node_group" ? valueAt(group, ["scaling_config", 0]) : group;
  const [desired, min, max] = ["desired_size", "min_size", "max_size"].map((key) =>
    numberOf(field(sizes, key === "desired_size" && type === "aws_autoscaling_group" ? "desired_capacity" : key)),
  );
  return desired ?? min ?? max ?? 0;
}

/** Nodes that the group may have afterwards. */
function largestAfter({ after: group, type }: ResourceChange): number {
  const sizes = type === "aws_eks_node_group" ? valueAt(group, ["scaling_config", 0]) : group;
  return numberOf(field(sizes, "max_size")) ?? Number.POSITIVE_INFINITY;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const percentOf = (part: number, all: number): number => (all === 0 ? 0 : Math.round((part / all) * 1000) / 10);
