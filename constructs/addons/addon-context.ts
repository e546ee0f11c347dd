import type { AddonContext } from "../../addons/contract/addon-context";
import type { AddonsPlan } from "../../fleet/plan/addons-plan";
import type { ClusterRef } from "../cluster/cluster-ref";
import { dnsAddress } from "../cluster/dns-address";

/** Outputs of other stacks that addons use. */
export interface AddonSources {
  readonly network: { readonly vpc_id: string };
  readonly eks: Pick<ClusterRef, "service_ipv4_cidr" | "service_ipv6_cidr" | "oidc_issuer" | "oidc_provider_arn">;
}

/** Returns the facts about the cluster that addons read. Only the outputs of other stacks are unknown before an apply. */
export function addonContext(
  { serviceLevel, subject }: Pick<AddonsPlan, "serviceLevel" | "subject">,
  { network, eks }: AddonSources,
): AddonContext {
  return { ...subject, cluster_dns_ip: dnsAddress(eks), vpc_id: network.vpc_id, service_level: serviceLevel };
}
