import type { Problem } from "../../../language/problem";
import { ifCertain } from "../../../language/refused";
import { kubernetesMinor, minorAfter, stepsBetween } from "../../../language/words/kubernetes-minor";
import { findingProblems, type ResolvedDefinition } from "../../rules/resolved-definition";

/** CLUSTER_NAME -> `kubernetes_version` at the commit that a change is compared with. */
export type BaseVersions = ReadonlyMap<string, string>;

const VERSION = ["tfvars", "cluster", "kubernetes_version"] as const;

/**
 * Refuses a change that skips a Kubernetes minor version or goes back to an earlier one: EKS refuses both, after the pull request is
 * merged. A cluster that the base does not have is new and can have any version.
 */
export function versionStepProblems(base: BaseVersions, resolved: readonly ResolvedDefinition[]): Problem[] {
  return resolved.flatMap((each) => {
    const before = base.get(each.name);
    const after = ifCertain(() => each.subject?.definition.tfvars.cluster.kubernetes_version);
    const message = before === undefined || after === undefined ? undefined : wrongStep(before, after);
    return message === undefined ? [] : findingProblems(each, [{ path: VERSION, message }]);
  });
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
      ? "EKS can only roll back an upgrade of the last 7 days, nodes first: docs/upgrade-a-cluster.md shows how"
      : "EKS never goes back more than one minor version. Create another cluster";
  return `must not be earlier than ${from}, which the cluster has, but is ${to}. ${back}`;
}
