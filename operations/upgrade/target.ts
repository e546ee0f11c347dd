import type { Release } from "../../fleet/model/cluster";
import { ExpectedError } from "../../language/expected-error";
import { listed } from "../../language/suggest";
import {
  type KubernetesMinor,
  kubernetesMinor,
  minorAfter,
  minorsUpTo,
  stepsBetween,
} from "../../language/words/kubernetes-minor";

/** Thrown if an upgrade cannot be planned: wrong input, or a version that the release does not have. */
export class UpgradeRefused extends ExpectedError {}

/** Facts for the check of an upgrade's target. */
export interface TargetFacts {
  readonly cluster: string;
  readonly from: KubernetesMinor;
  /** The cluster's release. */
  readonly release: Pick<Release, "kubernetes" | "name">;
  /** Every release, by name. */
  readonly releases: readonly Pick<Release, "kubernetes" | "name">[];
}

/**
 * Returns the minor versions on the way to a target, the target last; none if the cluster has it already.
 *
 * @throws UpgradeRefused
 */
export function roundsTo(target: string, facts: TargetFacts): readonly KubernetesMinor[] {
  const { cluster, from, release } = facts;
  const known = Object.keys(release.kubernetes);
  const to = /^1\.\d{1,3}$/.test(target) ? kubernetesMinor(target) : undefined;
  if (to === undefined)
    throw new UpgradeRefused(
      `--to must be a Kubernetes minor version, such as 1.36, got ${JSON.stringify(target)}. Release ${release.name} supports ${listed(known)}`,
    );
  if (stepsBetween(from, to) < 0)
    throw new UpgradeRefused(
      `${cluster} has ${from}, which is later than ${to}. EKS goes back one minor version at most, within 7 days of an upgrade, nodes first. Follow "Roll back an upgrade" in docs/operations/upgrade-a-cluster.md`,
    );
  const rounds = minorsUpTo(from, to);
  const missing = rounds.filter((minor) => !known.includes(minor));
  if (missing.length > 0) throw new UpgradeRefused(unsupported(missing, facts));
  return rounds;
}

function unsupported(missing: readonly KubernetesMinor[], { from, release, releases }: TargetFacts): string {
  const [first = from] = missing;
  const what = `release ${release.name} supports Kubernetes ${listed(Object.keys(release.kubernetes))}, not ${first}${missing.length > 1 ? " and later" : ""}`;
  const having = (minors: readonly string[]): string[] =>
    releases.filter(({ kubernetes }) => minors.every((minor) => minor in kubernetes)).map(({ name }) => name);
  const nowhere = missing.find((minor) => having([minor]).length === 0);
  if (nowhere !== undefined)
    return `${what}. No release supports ${nowhere}: write one with \`fleet versions --write\` (docs/releases.md)`;
  const all = having([from, ...missing]);
  if (all.length > 0)
    return `${what}. ${listed(all)} supports ${from} and ${listed(missing)}: move the cluster there first, and keep kubernetes_version: "${from}"`;
  const before = minorAfter(first, -1);
  const next = having([before, first]);
  if (next.length === 0)
    return `${what}. No release supports ${before} and ${first}, so that the cluster could move there between two upgrades: write one with \`fleet versions --write\` (docs/releases.md)`;
  const begin = before === from ? "" : `upgrade to ${before} with this release, then `;
  return `${what}. In steps, ${begin}move the cluster to ${listed(next)} with kubernetes_version: "${before}", and then upgrade to ${first}`;
}
