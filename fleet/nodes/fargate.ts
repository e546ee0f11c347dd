import { boundedName, NAME_LIMITS } from "../../aws/names";
import type { Tfvars } from "../model/cluster";

type Profile = Tfvars["fargate_profiles"][number];

/** The pods that Fargate takes in a cluster without room on nodes, so that names are found: EKS labels them so. */
export const COREDNS_PODS = { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } } as const;

/** Pods as a profile sees them. */
export interface Pods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Whether a profile takes such pods. */
export function runsOnFargate(profiles: readonly Profile[], { namespace, labels }: Pods): boolean {
  return profiles.some(({ selectors }) =>
    selectors.some(
      (selector) =>
        patternOf(selector.namespace).test(namespace) &&
        Object.entries(selector.labels ?? {}).every(([key, value]) => labels[key] === value),
    ),
  );
}

/** The first profile that takes pods of a namespace: all of them, or, with `labelled`, those that have some labels too. */
export function takerOf(profiles: readonly Profile[], namespace: string, labelled: boolean): Profile | undefined {
  return profiles.find(({ selectors }) =>
    selectors.some(
      (selector) =>
        patternOf(selector.namespace).test(namespace) && (labelled || Object.keys(selector.labels ?? {}).length === 0),
    ),
  );
}

/** `*` is any text and `?` is one character; the rest of a namespace means nothing to a pattern. */
function patternOf(namespace: string): RegExp {
  return new RegExp(`^${namespace.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

/** What the pods of a profile are started by: pulls their images and writes their logs. */
export function fargateRoleName(slug: string, { name }: Pick<Profile, "name">): string {
  return boundedName(slug, `fargate-${name}`, NAME_LIMITS.iam_role);
}
