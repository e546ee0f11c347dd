import type { Problem } from "../../../language/problem";
import { ifCertain } from "../../../language/refused";
import { kubernetesMinor, minorAfter, stepsBetween } from "../../../language/words/kubernetes-minor";
import type { GuardException } from "../../model/guard";
import { findingProblems, type ResolvedDefinition } from "../../rules/resolved-definition";

/** CLUSTER_NAME -> `kubernetes_version` at the commit that a change is compared with. */
export type BaseVersions = ReadonlyMap<string, string>;

const VERSION = ["tfvars", "cluster", "kubernetes_version"] as const;

/** Returns the clusters that may go back one minor version: those with an exception from the guard's rule that is not over. */
export function rollbacks(exceptions: readonly GuardException[], today: string): ReadonlySet<string> {
  return new Set(
    exceptions.flatMap(({ cluster, rule, until }) =>
      rule === "control-plane-version" && until >= today ? [cluster] : [],
    ),
  );
}

/**
 * Refuses a change that skips a Kubernetes minor version or goes back to an earlier one: EKS refuses both, after the pull request is
 * merged. A cluster that the base does not have is new and can have any version.
 *
 * @param allowed clusters that may go back one minor version, which is a rollback
 */
export function versionStepProblems(
  base: BaseVersions,
  resolved: readonly ResolvedDefinition[],
  allowed: ReadonlySet<string>,
): Problem[] {
  return resolved.flatMap((each) => {
    const before = base.get(each.name);
    const after = ifCertain(() => each.subject?.definition.tfvars.cluster.kubernetes_version);
    if (before === undefined || after === undefined) return [];
    const message = wrongStepOf(each.name, before, after, allowed);
    return message === undefined ? [] : findingProblems(each, [{ rule: "version-steps", path: VERSION, message }]);
  });
}

/** Returns why a cluster cannot go from one version to another; undefined if it can, or if an exception allows its rollback. */
export function wrongStepOf(
  cluster: string,
  before: string,
  after: string,
  allowed: ReadonlySet<string>,
): string | undefined {
  return allowed.has(cluster) && isRollback(before, after) ? undefined : wrongStep(before, after);
}

function isRollback(before: string, after: string): boolean {
  const [from, to] = [kubernetesMinor(before), kubernetesMinor(after)];
  return from !== undefined && to !== undefined && stepsBetween(from, to) === -1;
}

/** Returns why a cluster cannot go from one version to another; undefined if it can. */
export function wrongStep(before: string, after: string): string | undefined {
  const [from, to] = [kubernetesMinor(before), kubernetesMinor(after)];
  if (from === undefined || to === undefined) return undefined;
  const steps = stepsBetween(from, to);
  if (steps === 0 || steps === 1) return undefined;
  if (steps > 1)
    return `must not skip a minor version: the cluster has ${from}, and EKS upgrades a control plane one minor version at a time. Set ${minorAfter(from)}, deploy it, and then continue to ${to}`;
  const back =
    steps === -1
      ? "EKS can only roll back an upgrade of the last 7 days, nodes first: docs/operations/upgrade-a-cluster.md shows how"
      : "EKS never goes back more than one minor version. Create another cluster";
  return `must not be earlier than ${from}, which the cluster has, but is ${to}. ${back}`;
}
