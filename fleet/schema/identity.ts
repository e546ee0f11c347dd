/** The keys that identify an item of a list, and the effect of another value. */
interface Identity {
  readonly keys: readonly string[];
  /** error: it gives somebody else the rights of the item. */
  readonly severity: "error" | "warning";
}

const warns = (...keys: readonly string[]): Identity => ({ keys, severity: "warning" });
const refuses = (...keys: readonly string[]): Identity => ({ keys, severity: "error" });
/** The name alone identifies an item, and a layer may change each of its other keys. */
const NAME_ONLY = warns();

/**
 * Each list whose items merge by name, by its path: a layer that changes the identity of an item means a different item, which
 * would keep the other layer's settings.
 */
export const IDENTITIES: Readonly<Record<string, Identity>> = {
  "networking.vpc_peering_connections": warns("cluster", "peer_vpc_id"),
  "networking.transit_gateway_attachments": warns("transit_gateway_id"),
  "networking.private_zones": warns("domain"),
  "networking.private_zone_associations": warns("zone_id"),
  "networking.resolver_rules": warns("domain_name"),
  "networking.resolver_rule_associations": warns("resolver_rule_id"),
  "networking.vpn_connections": warns("customer_gateway_id"),
  "networking.client_vpn_associations": warns("client_vpn_endpoint_id"),
  "cluster.security_groups.control_plane.rules": warns("direction"),
  "cluster.security_groups.nodes.rules": warns("direction"),
  "cluster.access_entries": refuses("principal_arn", "type"),
  "cluster.oidc_identity_providers": refuses("issuer_url", "client_id"),
  "cluster.service_account_roles": refuses("namespace", "service_account"),
  "cluster.capabilities": warns("type"),
  "cluster.extra_eks_addons": NAME_ONLY,
  workers: warns("kind"),
  "workers.*.scheduled_scaling": NAME_ONLY,
  "workers.*.data_volumes": NAME_ONLY,
  "workers.*.lifecycle_hooks": warns("transition"),
  fargate_profiles: NAME_ONLY,
  node_pools: warns("kind"),
  "node_pools.*.data_volumes": NAME_ONLY,
  "addons.argo_cd.options.repositories": warns("url"),
  "addons.argo_cd.options.projects": NAME_ONLY,
  "addons.argo_cd.options.applications": warns("repo_url"),
  "addons.aws_ebs_csi_driver.options.storage_classes": NAME_ONLY,
  "addons.aws_efs_csi_driver.options.storage_classes": warns("file_system_id"),
  "addons.aws_fsx_csi_driver.options.storage_classes": NAME_ONLY,
  "addons.cert_manager.options.ca_issuers": NAME_ONLY,
  "addons.cluster_overprovisioner.options.reserves": NAME_ONLY,
  "addons.dex.options.connectors": refuses("id", "type"),
  "addons.dex.options.static_clients": refuses("id"),
  "addons.github_actions_runners.options.runner_sets": refuses("github_url"),
  "addons.kube_prometheus_stack.options.alerting.receivers": NAME_ONLY,
  "addons.kube_prometheus_stack.options.remote_write": warns("url", "amp_workspace_id"),
  "addons.prometheus_blackbox_exporter.options.probes": NAME_ONLY,
  extra_charts: warns("chart"),
  extra_manifests: NAME_ONLY,
};
