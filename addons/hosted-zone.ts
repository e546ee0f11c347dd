import type { AddonContext } from "./addon";

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

export function hostedZoneArn(context: AddonContext): string {
  return `arn:${context.partition}:route53:::hostedzone/${hostedZone(context).id}`;
}
