import { satisfies, validRange } from "semver";
import { STACKS, type StackName } from "../../../fleet/model/stacks";
import { ownStacks } from "../../../fleet/stacks/own-stacks";
import { listed } from "../../../language/suggest";
import { textOf } from "../../plans/json";
import { changes, destroys, KNOWN_ACTIONS, type Plan, replaces } from "../../plans/plan";
import { shortened } from "../../plans/shortened";
import { after, before, content } from "../../plans/values";
import { nameOf } from "../facts/irreplaceable";
import type { GuardedPlan, Match, Matcher } from "./rule";

/** Finds plans that Terraform reports as incomplete, and values that no rule can judge. */
export const isIncomplete: Matcher = (guarded) => {
  const { plan } = guarded;
  const reasons = [
    ...(plan.errored ? ["Terraform reported an error during the plan"] : []),
    ...(!plan.complete || plan.deferred > 0
      ? ["it does not cover every resource, by -target or because Terraform postponed changes"]
      : []),
  ];
  return [
    ...(reasons.length === 0 ? [] : [whole(guarded, reasons.join("; "), reasons)]),
    ...plan.changes.flatMap(({ actions, address, managed }): Match[] => {
      const unknown = actions.filter((action) => !(KNOWN_ACTIONS as readonly string[]).includes(action));
      if (!managed || unknown.length === 0) return [];
      return [
        { address, loses: `has the action ${shortened(unknown.join(", "))}, which no rule judges`, change: unknown },
      ];
    }),
  ];
};

export const isOfOtherTerraform: Matcher = (guarded, { terraform }) => {
  const version = guarded.plan.terraformVersion;
  const range = validRange(terraform);
  if (range === null) return [];
  if (version !== undefined && satisfies(version, range, { includePrerelease: true })) return [];
  const what =
    version === undefined ? "does not name its Terraform version" : `was created by Terraform ${shortened(version)}`;
  return [whole(guarded, `${what}, but ${terraform} must apply it`, [version ?? null, terraform])];
};

/** Clocks of machines differ by this much, in milliseconds. */
const CLOCKS = 5 * 60 * 1000;

/** A plan that is older than the code cannot be of that code. */
export const isStale: Matcher = (guarded, { commit }) => {
  const made = guarded.plan.timestamp;
  if (commit === undefined || made === undefined) return [];
  const [planned, committed] = [Date.parse(made), Date.parse(commit.time)];
  if (Number.isNaN(planned)) return [whole(guarded, `has a time that cannot be read: ${shortened(made)}`, made)];
  if (Number.isNaN(committed) || planned + CLOCKS >= committed) return [];
  const words = `was created at ${new Date(planned).toISOString()}, before commit ${shortened(commit.id, 12)} of ${new Date(committed).toISOString()}`;
  return [whole(guarded, words, [made, commit.id])];
};

/** A finding about a plan as a whole has the stack's name in the place of an address. */
function whole({ file, identity }: GuardedPlan, loses: string, change: unknown): Match {
  return { address: identity.stack ?? file, loses, change };
}

const VERSION = /^1\.(\d{1,3})(?:\.|$)/;
const minorOf = (version: unknown): number | undefined => {
  const minor = VERSION.exec(textOf(version) ?? "")?.[1];
  return minor === undefined ? undefined : Number(minor);
};

/** EKS upgrades one minor version at a time. */
export const movesControlPlane: Matcher = ({ plan }) =>
  plan.changes.flatMap((change): Match[] => {
    if (!change.managed || change.type !== "aws_eks_cluster" || !change.actions.includes("update")) return [];
    const [earlier, later] = [before(change, ["version"]), after(change, ["version"])];
    const [from, to] = [minorOf(earlier.value), minorOf(later.value)];
    if (from === undefined) return [];
    const words = later.unknown
      ? "gets a version that is known only after the apply"
      : to === undefined
        ? "gets a version that is no Kubernetes version"
        : to < from
          ? `goes down from 1.${from} to 1.${to}`
          : to > from + 1
            ? `skips ${listed(Array.from({ length: Math.min(to - from - 1, 20) }, (_, index) => `1.${from + 1 + index}`))}: from 1.${from} to 1.${to}`
            : undefined;
    if (words === undefined) return [];
    return [{ address: change.address, loses: `${nameOf(change)} ${words}`, change: [from, to ?? null] }];
  });

/** Stack -> the stacks of the same cluster that read it. */
const READERS: Readonly<Partial<Record<StackName, readonly StackName[]>>> = {
  networking: ["eks-cluster", "eks-workers", "addons"],
  "eks-cluster": ["eks-workers", "addons"],
  "eks-workers": ["addons"],
  addons: [],
};

/** True if nothing of a stack is left afterwards, and something was there. */
function endsWhole({ changes: all }: Plan): boolean {
  const own = all.filter(({ managed }) => managed);
  const gone = own.filter((change) => destroys(change) && !replaces(change));
  return gone.length > 0 && own.every((change) => gone.includes(change) || change.actions.join() === "forget");
}

/** True if a stack has nothing now, and gets nothing. */
const isEmpty = ({ changes: all }: Plan): boolean => all.every(({ managed }) => !managed);

/** Finds destroyed stacks whose outputs another stack still reads. */
export const endsUsedStack: Matcher = (guarded, { clusters, ownStacks: enabled, peers, plans }) => {
  const { cluster, stack } = guarded.identity;
  if (cluster === null || stack === null || !endsWhole(guarded.plan)) return [];
  const own = ownStacks()
    .filter(({ name, reads }) => enabled.get(cluster)?.includes(name) && reads.some((each) => each === stack))
    .map(({ name }) => name);
  const readers = [...(READERS[stack] ?? []), ...own].filter((reader) => {
    const theirs = plans.filter(({ identity }) => identity.cluster === cluster && identity.stack === reader);
    if (theirs.length > 0) return theirs.some(({ plan }) => !endsWhole(plan) && !isEmpty(plan));
    return clusters.includes(cluster); // all its stacks exist in its definition
  });
  const others = stack === "networking" ? (peers.get(cluster) ?? []) : [];
  const users = [
    ...readers.map((reader) => `the stack ${reader}`),
    ...others.map((other) => `the network of ${other}`),
  ];
  if (users.length === 0) return [];
  return [
    { address: stack, loses: `destroys all of ${stack}, which is still used by ${listed(users)}`, change: users },
  ];
};

/** Clusters of a tier that change together. The first plan of the first cluster, in the order of names, reports it. */
export const changesManyClusters: Matcher = (guarded, { plans }) => {
  if (!isChanged(guarded)) return [];
  const matches: Match[] = [];
  for (const tier of guarded.identity.tiers) {
    const same = plans.filter((each) => each.identity.tiers.includes(tier) && isChanged(each));
    const names = [...new Set(same.map((each) => each.identity.cluster ?? each.file))].sort();
    const most = Math.min(...same.map(({ settings }) => settings.max_clusters_at_once ?? Number.POSITIVE_INFINITY));
    const first = same.find((each) => (each.identity.cluster ?? each.file) === names[0]);
    if (names.length <= most || first !== guarded) continue;
    const words = `changes ${names.length} clusters of the tier at once, at most ${most}: ${listed(names, 6)}`;
    const all = same.map(({ identity, plan }) => [
      identity.cluster,
      identity.stack,
      plan.changes.filter((change) => change.managed && changes(change)).map((each) => [each.address, content(each)]),
    ]);
    matches.push({ address: tier, loses: words, change: all });
  }
  return matches;
};

const isChanged = ({ plan }: GuardedPlan): boolean => plan.changes.some((change) => change.managed && changes(change));

/** The stacks of a cluster in the order in which they are applied. */
export const orderOf = (stack: StackName | null): number => (stack === null ? STACKS.length : STACKS.indexOf(stack));
