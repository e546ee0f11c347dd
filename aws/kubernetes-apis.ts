import { type KubernetesMinor, kubernetesMinor } from "../language/words/kubernetes-minor";
import data from "./data/kubernetes-apis.json";

/** A change of an API of Kubernetes, and the minor version in which it happens. */
export interface ApiChange {
  readonly deprecatedIn: KubernetesMinor | undefined;
  /** Undefined if no version is known yet. */
  readonly removedIn: KubernetesMinor | undefined;
  /** The API that objects move to; undefined if there is none. */
  readonly replacement: string | undefined;
  readonly replacementIn: KubernetesMinor | undefined;
}

/** Where the list is from, and its day. */
export const APIS_SOURCE = { source: data.source, date: data.date };

const CHANGES: ReadonlyMap<string, ApiChange> = new Map(
  data.apis.map((each) => [
    `${each.api} ${each.kind}`,
    {
      deprecatedIn: kubernetesMinor(each.deprecated_in ?? ""),
      removedIn: kubernetesMinor(each.removed_in ?? ""),
      replacement: each.replacement ?? undefined,
      replacementIn: kubernetesMinor(each.replacement_in ?? ""),
    },
  ]),
);

/** Returns what happens to an API such as `policy/v1beta1` `PodDisruptionBudget`; undefined if nothing is known. */
export function apiChange(apiVersion: string, kind: string): ApiChange | undefined {
  return CHANGES.get(`${apiVersion} ${kind}`);
}
