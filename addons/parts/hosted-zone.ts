import { z } from "zod";
import { sameTwice } from "../../language/twice";
import { hostedZoneId } from "../../language/words/aws-ids";
import type { PolicyStatement } from "../../language/words/iam";
import { domainName } from "../../language/words/names";
import type { AddonContext, AddonSubject } from "../contract/addon-context";
import { type AddonFinding, reportItems, reportKey } from "../contract/rule";

export interface HostedZone {
  readonly id: string;
  /** Domain of the cluster: the zone's own, or one below it. */
  readonly domain: string;
  /** Role of another account that writes it; null for a zone of the cluster's account. */
  readonly role_arn: string | null;
}

/** Returns the zone of an addon that `needs` one. A check refuses definitions without a zone. */
export function hostedZone(context: AddonContext): HostedZone {
  const { cluster_name, hosted_zone_id, hosted_zone_role_arn, k8s_base_domain } = context;
  if (hosted_zone_id === null || k8s_base_domain === null) {
    throw new Error(
      `${cluster_name} has no hosted zone: set k8s_base_domain to a domain of the account's hosted_zones`,
    );
  }
  return { id: hosted_zone_id, domain: k8s_base_domain, role_arn: hosted_zone_role_arn };
}

/** A further zone, from the definition. */
export const furtherZone = z.strictObject({
  domain: domainName.describe("Domain of the published names: the zone's domain, or a domain below it."),
  zone_id: hostedZoneId.describe("Id of the Route 53 zone, public or private, in the cluster's account."),
});

export type FurtherZone = z.output<typeof furtherZone>;

/** Returns the cluster's own zone, if it has one, and the further zones. */
export function zonesOf(
  { hosted_zone_id: id, hosted_zone_role_arn: role_arn, k8s_base_domain: domain }: AddonSubject,
  further: readonly FurtherZone[],
): readonly HostedZone[] {
  const own = id === null || domain === null ? [] : [{ id, domain, role_arn }];
  return [...own, ...further.map(asZone)];
}

const asZone = ({ domain, zone_id }: FurtherZone): HostedZone => ({ id: zone_id, domain, role_arn: null });

/** Returns the permission to write zones of another account, by the role of that account. */
export function assumeZoneRole(zones: readonly HostedZone[]): readonly PolicyStatement[] {
  const roles = [...new Set(zones.flatMap(({ role_arn }) => (role_arn === null ? [] : [role_arn])))];
  if (roles.length === 0) return [];
  return [{ sid: "WriteZonesElsewhere", actions: ["sts:AssumeRole", "sts:TagSession"], resources: roles }];
}

/** ARN of a zone; Route 53 is of no region and no account. */
export function zoneArn({ partition }: AddonSubject, { id }: HostedZone): string {
  return `arn:${partition}:route53:::hostedzone/${id}`;
}

/** Reports further zones that are the cluster's own, or in the list twice. */
export function zonesTwice(
  subject: AddonSubject,
  { further_zones }: { readonly further_zones: readonly FurtherZone[] },
): readonly AddonFinding[] {
  const path = ["options", "further_zones"];
  const key = ({ domain, id }: HostedZone): string => `${domain} of ${id}`;
  const own = zonesOf(subject, []).map(key);
  return [
    ...reportItems(path, further_zones, [
      (zone) => {
        const name = key(asZone(zone));
        return reportKey(own.includes(name), [], `${name} is listed already. Remove it`);
      },
    ]),
    ...sameTwice(
      path,
      further_zones,
      (zone) => key(asZone(zone)),
      (name) => `${name} is listed already. Remove it`,
    ),
  ];
}
