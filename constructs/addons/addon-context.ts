import { catalogue } from "../../addons/catalogue";
import type { Addon, Values } from "../../addons/contract/addon";
import type { AddonContext } from "../../addons/contract/addon-context";
import { addonSubject } from "../../fleet/addons/addon-subject";
import type { Cluster } from "../../fleet/model/cluster";
import { enabledAddons } from "../../fleet/model/enabled-addons";
import type { ClusterRef } from "../cluster/cluster-ref";
import { dnsAddress } from "../cluster/dns-address";

/** An addon that a cluster has, and what its definition says of it. */
export interface EnabledAddon {
  readonly addon: Addon;
  /** As the addon's own schema parsed them. */
  readonly options: unknown;
  /** The definition's own values, which win over the addon's. */
  readonly values: Values;
  /** The same for its further charts, by their keys. */
  readonly further_values: Readonly<Record<string, Values | undefined>>;
}

/** The addons that a cluster has, in the order of the catalogue. */
export function addonsOf(cluster: Cluster): readonly EnabledAddon[] {
  return enabledAddons(cluster).map((name) => {
    const { options, values, further_values = {} } = cluster.tfvars.addons[name];
    return { addon: catalogue[name], options, values, further_values };
  });
}

/** What the stacks before it tell of a cluster. */
export interface AddonSources {
  readonly network: { readonly vpc_id: string };
  readonly eks: Pick<ClusterRef, "service_ipv4_cidr" | "service_ipv6_cidr" | "oidc_issuer" | "oidc_provider_arn">;
}

/** What addons may know of their cluster; only what other stacks tell is known no sooner than at the apply. */
export function addonContext(cluster: Cluster, { network, eks }: AddonSources): AddonContext {
  return {
    ...addonSubject(cluster, cluster),
    cluster_dns_ip: dnsAddress(eks),
    vpc_id: network.vpc_id,
    service_level: { name: cluster.tfvars.addons.sla, ...cluster.service_level },
  };
}
