import { z } from "zod";
import { hostedZoneId } from "../../language/words/aws-ids";
import { domainName } from "../../language/words/names";
import type { AddonFinding } from "../contract/addon";
import type { AddonContext, AddonSubject } from "../contract/addon-context";

export interface HostedZone {
  readonly id: string;
  /** Domain of the cluster: the zone's own, or one below it. */
  readonly domain: string;
}

/** The zone of an addon that `needs` one. Definitions without it are refused before this runs. */
export function hostedZone({ cluster_name, hosted_zone_id, k8s_base_domain }: AddonContext): HostedZone {
  if (hosted_zone_id === null || k8s_base_domain === null) {
    throw new Error(
      `${cluster_name} has no hosted zone: set k8s_base_domain to a domain of the account's hosted_zones`,
    );
  }
  return { id: hosted_zone_id, domain: k8s_base_domain };
}

/** A zone besides the cluster's own, which the definition names. */
export const furtherZone = z.strictObject({
  domain: domainName.describe("Domain of the published names: the zone's domain, or a domain below it."),
  zone_id: hostedZoneId.describe("Id of the Route 53 zone, public or private, in the cluster's account."),
});

export type FurtherZone = z.output<typeof furtherZone>;

/** The cluster's own zone, where it has one, and further ones. */
export function zonesOf(
  { hosted_zone_id: id, k8s_base_domain: domain }: AddonSubject,
  further: readonly FurtherZone[],
): readonly HostedZone[] {
  const own = id === null || domain === null ? [] : [{ id, domain }];
  return [...own, ...further.map(({ domain: name, zone_id }) => ({ id: zone_id, domain: name }))];
}

/** ARN of a zone; Route 53 is of no region and no account. */
export function zoneArn({ partition }: AddonSubject, { id }: HostedZone): string {
  return `arn:${partition}:route53:::hostedzone/${id}`;
}

/** Zones that are named twice. */
export function zonesTwice(subject: AddonSubject, further: readonly FurtherZone[]): AddonFinding[] {
  const own = zonesOf(subject, []).length;
  return zonesOf(subject, further).flatMap((zone, index, all) => {
    const before = all.slice(0, index).some(({ domain, id }) => domain === zone.domain && id === zone.id);
    if (!before) return [];
    const message = `${zone.domain} of ${zone.id} is listed already. Remove it`;
    return [{ path: ["options", "further_zones", index - own], message }];
  });
}
