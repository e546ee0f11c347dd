import type { Overlays } from "./entry";

/** Overlays of EKS. */
export const EKS: Overlays = {
  aws_eks_cluster: {
    source: "internal/service/eks/cluster.go",
    rules: [
      { path: "name", max: 100, pattern: /^[0-9A-Za-z][A-Za-z0-9\-_]*$/ },
      { path: "access_config.authentication_mode", oneOf: ["API", "API_AND_CONFIG_MAP", "CONFIG_MAP"] },
      {
        path: "enabled_cluster_log_types",
        oneOf: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      },
      { path: "kubernetes_network_config.service_ipv4_cidr", cidr: [12, 24] },
      { path: "upgrade_policy.support_type", oneOf: ["STANDARD", "EXTENDED"] },
      { path: "compute_config.node_pools", oneOf: ["general-purpose", "system"] },
      { path: "remote_network_config.remote_node_networks.cidrs", cidr: [0, 32] },
      { path: "remote_network_config.remote_pod_networks.cidrs", cidr: [0, 32] },
    ],
    // EKS cannot stop encrypting secrets.
    forceNewIf: [{ path: "encryption_config", replaces: (before, after) => before.length > 0 && after.length === 0 }],
    neverSent: [
      { attribute: "encryption_config", when: (before, after) => before.length > 0 && after.length > 0 },
      { attribute: "zonal_shift_config", when: (before, after) => before.length > 0 && after.length === 0 },
    ],
    oneWay: [{ path: "access_config.authentication_mode", order: ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"] }],
    fixedZones: ["vpc_config.subnet_ids"],
    conflicts: [["encryption_config", "outpost_config"]],
  },
  aws_eks_addon: {
    source: "internal/service/eks/addon.go",
    rules: [
      { path: "resolve_conflicts_on_create", oneOf: ["NONE", "OVERWRITE"] },
      { path: "resolve_conflicts_on_update", oneOf: ["NONE", "OVERWRITE", "PRESERVE"] },
    ],
  },
  aws_eks_access_entry: {
    source: "internal/service/eks/access_entry.go",
    rules: [
      { path: "principal_arn", pattern: /^arn:/, message: "is not an ARN" },
      {
        path: "type",
        oneOf: ["STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2", "HYBRID_LINUX", "HYPERPOD_LINUX"],
      },
    ],
  },
  aws_eks_access_policy_association: {
    source: "internal/service/eks/access_policy_association.go",
    rules: [{ path: "access_scope.type", oneOf: ["cluster", "namespace"] }],
  },
  aws_eks_node_group: {
    source: "internal/service/eks/node_group.go",
    items: { taint: { max: 50 } },
    conflicts: [
      ["update_config.max_unavailable", "update_config.max_unavailable_percentage"],
      [
        "node_repair_config.max_unhealthy_node_threshold_count",
        "node_repair_config.max_unhealthy_node_threshold_percentage",
      ],
      [
        "node_repair_config.max_parallel_nodes_repaired_count",
        "node_repair_config.max_parallel_nodes_repaired_percentage",
      ],
    ],
    ordered: [
      {
        low: "scaling_config.min_size",
        high: "scaling_config.desired_size",
        message: "InvalidParameterException: Minimum capacity {low} can't be greater than desired size {high}",
      },
      {
        low: "scaling_config.desired_size",
        high: "scaling_config.max_size",
        message: "InvalidParameterException: Desired capacity {low} can't be greater than max size {high}",
      },
    ],
    rules: [
      { path: "node_group_name", max: 63, pattern: /^[0-9A-Za-z][A-Za-z0-9\-_]*$/ },
      { path: "node_group_name_prefix", max: 37 },
      { path: "capacity_type", oneOf: ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"] },
      { path: "taint.effect", oneOf: ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"] },
    ],
  },
  aws_eks_identity_provider_config: {
    source: "internal/service/eks/identity_provider_config.go",
    rules: [{ path: "oidc.issuer_url", pattern: /^https:\/\//, message: "must be an https URL" }],
  },
  aws_eks_capability: {
    source: "internal/service/eks/capability.go",
    rules: [
      { path: "type", oneOf: ["ACK", "ARGOCD", "KRO"] },
      { path: "delete_propagation_policy", oneOf: ["RETAIN"] },
    ],
    // The provider replaces it only if the configuration has the value: EKS returns its own otherwise.
    forceNewIf: ["configuration.argo_cd.namespace", "configuration.argo_cd.aws_idc.idc_region"].map((path) => ({
      path,
      replaces: (_before, after) => after.some((value) => value !== null),
    })),
  },
};
