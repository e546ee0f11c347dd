import type { Account, Definition } from "../model/cluster";

type Zone = Account["hosted_zones"][string];

/** True if a name is a domain or below it. */
export function isBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

/** Returns the id of a zone that an account lists. */
export function zoneId(zone: Zone): string {
  return typeof zone === "string" ? zone : zone.id;
}

/** Returns the id of the hosted zone that holds the cluster's domain: of nested zones the nearest. Null if the account lists none. */
export function hostedZone(definition: Pick<Definition, "tfvars">, account: Account): string | null {
  const zone = holdingZone(definition, account);
  return zone === null ? null : zoneId(zone);
}

/** Returns the role that writes this zone; null if the zone is in the cluster's account. */
export function hostedZoneRole(definition: Pick<Definition, "tfvars">, account: Account): string | null {
  const zone = holdingZone(definition, account);
  return zone === null || typeof zone === "string" ? null : zone.role_arn;
}

function holdingZone({ tfvars }: Pick<Definition, "tfvars">, account: Account): Zone | null {
  const domain = tfvars.cluster.k8s_base_domain;
  if (domain === null) return null;
  const holding = Object.entries(account.hosted_zones)
    .filter(([zone]) => isBelow(domain, zone))
    .sort(([a], [b]) => b.length - a.length);
  return holding[0]?.[1] ?? null;
}
