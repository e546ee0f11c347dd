import { type KubernetesMinor, kubernetesMinor, stepsBetween } from "../language/words/kubernetes-minor";
import data from "./data/kubernetes-changes.json";

/** A change of behaviour of Kubernetes or of EKS, which no API shows. */
export interface KubernetesChange {
  readonly id: string;
  /** The first minor version that has it. */
  readonly minor: KubernetesMinor;
  readonly change: string;
  /** The check or the step that the change requires. */
  readonly check: string;
  readonly sources: readonly string[];
}

/** Changes in the order of their minor versions. */
export const KUBERNETES_CHANGES: readonly KubernetesChange[] = data.changes.flatMap((each) => {
  const minor = kubernetesMinor(each.minor);
  return minor === undefined ? [] : [{ ...each, minor }];
});

/** Returns the changes of the minor versions after one, up to and with another. */
export function changesBetween(from: KubernetesMinor, to: KubernetesMinor): readonly KubernetesChange[] {
  return KUBERNETES_CHANGES.filter(({ minor }) => stepsBetween(from, minor) > 0 && stepsBetween(minor, to) >= 0);
}
