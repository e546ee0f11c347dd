import { matchesWildcards } from "../../language/wildcard";
import type { Tfvars } from "../model/cluster";

type Profile = Tfvars["fargate_profiles"][number];

/** The pods of CoreDNS, as EKS labels them. In a cluster without room on nodes, a profile must select them. */
export const COREDNS_PODS = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } } as const;

/** The facts about pods by which a profile selects them. */
export interface Pods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** True if a profile selects such pods. */
export function runsOnFargate(profiles: readonly Profile[], { namespace, labels }: Pods): boolean {
  return profiles.some(({ selectors }) =>
    selectors.some(
      (selector) =>
        matchesNamespace(selector.namespace, namespace) &&
        Object.entries(selector.labels ?? {}).every(([key, value]) => labels[key] === value),
    ),
  );
}

/** Returns the first profile that selects pods of a namespace: all of them or, with `labelled`, also only those with some labels. */
export function takerOf(profiles: readonly Profile[], namespace: string, labelled: boolean): Profile | undefined {
  return profiles.find(({ selectors }) =>
    selectors.some(
      (selector) =>
        matchesNamespace(selector.namespace, namespace) &&
        (labelled || Object.keys(selector.labels ?? {}).length === 0),
    ),
  );
}

/** True if a namespace matches a selector's pattern, in which `*` is any text and `?` is one character. */
function matchesNamespace(pattern: string, namespace: string): boolean {
  return matchesWildcards(pattern, namespace, { one: true });
}
