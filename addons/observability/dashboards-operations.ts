import { type Dashboard, panel } from "../parts/dashboard";

/** Of what makes nodes and pods, delivers and backs up: whether it does its work, and how much of it. */
export const OPERATIONS = {
  argo_cd: {
    title: "Argo CD",
    panels: [
      panel("Applications by sync", "short", "sum by (sync_status) (argocd_app_info)", "{{sync_status}}"),
      panel("Applications by health", "short", "sum by (health_status) (argocd_app_info)", "{{health_status}}"),
      panel("Syncs in an hour", "short", "sum by (phase) (increase(argocd_app_sync_total[1h]))", "{{phase}}"),
      panel(
        "Requests to Git",
        "reqps",
        "sum by (request_type) (rate(argocd_git_request_total[5m]))",
        "{{request_type}}",
      ),
    ],
  },
  cluster_autoscaler: {
    title: "Cluster Autoscaler",
    panels: [
      panel("Nodes", "short", "max by (state) (cluster_autoscaler_nodes_count)", "{{state}}"),
      panel("Pods that find no node", "short", "max(cluster_autoscaler_unschedulable_pods_count)", "pods"),
      panel(
        "Size of each group, of its max_size",
        "percentunit",
        "max by (node_group) (cluster_autoscaler_node_group_target_count) / (max by (node_group) (cluster_autoscaler_node_group_max_count) > 0)",
        "{{node_group}}",
      ),
      panel("Nodes added in an hour", "short", "sum(increase(cluster_autoscaler_scaled_up_nodes_total[1h]))", "added"),
      panel(
        "Nodes removed in an hour",
        "short",
        "sum by (reason) (increase(cluster_autoscaler_scaled_down_nodes_total[1h]))",
        "{{reason}}",
      ),
      panel(
        "Nodes that did not come, in an hour",
        "short",
        "sum by (reason) (increase(cluster_autoscaler_failed_scale_ups_total[1h]))",
        "{{reason}}",
      ),
    ],
  },
  flux: {
    title: "Flux",
    panels: [
      panel("Reconciliations", "reqps", "sum by (kind) (rate(gotk_reconcile_duration_seconds_count[5m]))", "{{kind}}"),
      panel(
        "Time of 99 in 100 of them",
        "s",
        "histogram_quantile(0.99, sum by (le, kind) (rate(gotk_reconcile_duration_seconds_bucket[5m])))",
        "{{kind}}",
      ),
      panel(
        "Reconciliations that failed",
        "reqps",
        'sum by (controller) (rate(controller_runtime_reconcile_errors_total{namespace="flux-system"}[5m]))',
        "{{controller}}",
      ),
    ],
  },
  github_actions_runners: {
    title: "GitHub Actions runners",
    panels: [
      panel("Jobs that run", "short", "sum by (name) (gha_running_jobs)", "{{name}}"),
      panel("Jobs that were assigned", "short", "sum by (name) (gha_assigned_jobs)", "{{name}}"),
      panel("Runners", "short", "sum by (name) (gha_registered_runners)", "{{name}}"),
      panel(
        "Runners, of max_runners",
        "percentunit",
        "sum by (name) (gha_desired_runners) / sum by (name) (gha_max_runners)",
        "{{name}}",
      ),
    ],
  },
  karpenter: {
    title: "Karpenter",
    panels: [
      panel(
        "Use of each pool, of its limits",
        "percentunit",
        'max by (nodepool, resource_type) (karpenter_nodepools_usage{resource_type=~"cpu|memory"} / (karpenter_nodepools_limit{resource_type=~"cpu|memory"} > 0))',
        "{{nodepool}} {{resource_type}}",
      ),
      panel(
        "Nodes made in an hour",
        "short",
        "sum by (nodepool, reason) (increase(karpenter_nodeclaims_created_total[1h]))",
        "{{nodepool}} {{reason}}",
      ),
      panel(
        "Nodes given up in an hour",
        "short",
        "sum by (nodepool, reason) (increase(karpenter_nodeclaims_disrupted_total[1h]))",
        "{{nodepool}} {{reason}}",
      ),
      panel(
        "Interruptions in an hour",
        "short",
        "sum by (message_type) (increase(karpenter_interruption_received_messages_total[1h]))",
        "{{message_type}}",
      ),
      panel(
        "Errors of AWS in an hour",
        "short",
        "sum by (method, error) (increase(karpenter_cloudprovider_errors_total[1h]))",
        "{{method}} {{error}}",
      ),
    ],
  },
  keda: {
    title: "KEDA",
    panels: [
      panel(
        "What it scales by",
        "short",
        "max by (exported_namespace, scaledObject, metric) (keda_scaler_metrics_value)",
        "{{exported_namespace}}/{{scaledObject}} {{metric}}",
      ),
      panel(
        "Scalers at work",
        "short",
        "max by (exported_namespace, scaledObject, scaler) (keda_scaler_active)",
        "{{exported_namespace}}/{{scaledObject}} {{scaler}}",
      ),
      panel(
        "Errors of scalers",
        "reqps",
        "sum by (exported_namespace, scaledObject, scaler) (rate(keda_scaler_detail_errors_total[5m]))",
        "{{exported_namespace}}/{{scaledObject}} {{scaler}}",
      ),
    ],
  },
  velero: {
    title: "Backups",
    panels: [
      panel(
        "Time since the last good backup",
        "s",
        'time() - max by (schedule) (velero_backup_last_successful_timestamp{schedule!=""})',
        "{{schedule}}",
      ),
      panel(
        "Backups that failed, in a day",
        "short",
        "sum by (schedule) (increase(velero_backup_failure_total[1d]) + increase(velero_backup_partial_failure_total[1d]))",
        "{{schedule}}",
      ),
      panel("Size of a backup", "bytes", "max by (schedule) (velero_backup_tarball_size_bytes)", "{{schedule}}"),
      panel("Restores in a day", "short", "sum(increase(velero_restore_success_total[1d]))", "good"),
    ],
  },
} as const satisfies Readonly<Record<string, Dashboard>>;
