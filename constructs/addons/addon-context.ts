import type { Addon, AddonContext, Values } from "../../addons/addon";
import { catalogue } from "../../addons/catalogue";
import { addressAt } from "../../fleet/cidr";
import type { Cluster } from "../../fleet/cluster";
import { enabledAddons } from "../../fleet/enabled-addons";

/** Where EKS puts the cluster's DNS service: the tenth address of the service range. */
const DNS_ADDRESS = 10;

/** An addon that a cluster has, and what its definition says of it. */
export interface EnabledAddon {
  readonly addon: Addon;
  /** As the addon's own schema parsed them. */
  readonly options: unknown;
  /** The definition's own values, which win over the addon's. */
  readonly values: Values;
}

/** The addons that a cluster has, in the order of the catalogue. */
export function addonsOf(cluster: Cluster): readonly EnabledAddon[] {
  return enabledAddons(cluster).map((name) => {
    const { options, values } = cluster.tfvars.addons[name];
    return { addon: catalogue[name], options, values };
  });
}

/** What addons may know of their cluster; only what the network's stack tells is known no sooner than at the apply. */
export function addonContext(cluster: Cluster, network: { readonly vpc_id: string }): AddonContext {
  const { addons, cluster: control_plane, common, workers } = cluster.tfvars;
  return {
    cluster_name: cluster.slug,
    region: common.aws_region,
    partition: cluster.partition,
    account_id: cluster.account.id,
    vpc_id: network.vpc_id,
    kubernetes_version: control_plane.kubernetes_version,
    k8s_base_domain: control_plane.k8s_base_domain,
    hosted_zone_id: cluster.hosted_zone_id,
    cluster_dns_ip: addressAt(control_plane.service_ipv4_cidr, DNS_ADDRESS),
    service_level: { name: addons.sla, ...cluster.service_level },
    autoscaled_workers: workers.filter(({ autoscaling }) => autoscaling).map(({ name }) => name),
    enabled: new Set(enabledAddons(cluster)),
  };
}
