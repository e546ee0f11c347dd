import { apiChange } from "../../aws/kubernetes-apis";
import { type KubernetesMinor, stepsBetween } from "../../language/words/kubernetes-minor";
import type { FoundObject } from "./manifests";
import type { FoundApi } from "./report";

/** Returns the objects whose API a version has removed or deprecated, removed ones first; an object in two places counts once. */
export function foundApis(objects: readonly FoundObject[], to: KubernetesMinor): readonly FoundApi[] {
  const seen = new Set<string>();
  const found = objects.flatMap(({ apiVersion, kind, name, where }): FoundApi[] => {
    const change = apiChange(apiVersion, kind);
    const status = isIn(change?.removedIn, to) ? "removed" : isIn(change?.deprecatedIn, to) ? "deprecated" : undefined;
    const since = status === "removed" ? change?.removedIn : change?.deprecatedIn;
    const key = JSON.stringify([apiVersion, kind, name]);
    if (change === undefined || status === undefined || since === undefined || seen.has(key)) return [];
    seen.add(key);
    const { removedIn = null, replacement = null } = change;
    return [{ api: apiVersion, kind, name, status, since, removed_in: removedIn, replacement, where }];
  });
  return [...found.filter(({ status }) => status === "removed"), ...found.filter(({ status }) => status !== "removed")];
}

/** Returns the findings of a round that no earlier round has. */
export function newApis(apis: readonly FoundApi[], earlier: readonly { readonly apis: readonly FoundApi[] }[]) {
  const key = ({ api, kind, name, status }: FoundApi): string => JSON.stringify([api, kind, name, status]);
  const known = new Set(earlier.flatMap((round) => round.apis.map(key)));
  return apis.filter((each) => !known.has(key(each)));
}

function isIn(change: KubernetesMinor | undefined, version: KubernetesMinor): boolean {
  return change !== undefined && stepsBetween(change, version) >= 0;
}
