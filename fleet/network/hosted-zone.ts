import type { Account, Definition } from "../model/cluster";

/** The hosted zone of the account that holds the cluster's domain: of nested zones the nearest. */
export function hostedZone(definition: Definition, account: Account): string | null {
  const domain = definition.tfvars.cluster.k8s_base_domain;
  if (domain === null) return null;
  const holding = Object.entries(account.hosted_zones)
    .filter(([zone]) => domain === zone || domain.endsWith(`.${zone}`))
    .sort(([a], [b]) => b.length - a.length);
  return holding[0]?.[1] ?? null;
}
