import { z } from "zod";
import { type AddonContext, defineHelmAddon, type Values } from "./addon";
import { STORAGE_CLASS } from "./aws-ebs-csi-driver";
import { HELM_SECRET_LABELS, platformAlerts, REPLACED_ALERTS } from "./platform-alerts";
import { resources, SYSTEM_TOLERATIONS, spreadOverZones } from "./pods";

const options = z.strictObject({
  retention_days: z.int().min(1).nullable().describe("Days that metrics are kept; null takes the service level's."),
  volume_gib: z.int().min(1).nullable().describe("GiB of each Prometheus volume; null takes the service level's."),
  alertmanager: z.boolean().describe("Runs Alertmanager. Where alerts go is set by values.alertmanager.config."),
  grafana: z.boolean().describe("Runs Grafana, with the chart's dashboards."),
  grafana_admin_secret: z
    .string()
    .min(1)
    .nullable()
    .describe(
      "Secret in the namespace monitoring with the keys admin-user and admin-password. null: the chart makes a password that never leaves the cluster.",
    ),
});

/** Share of a volume that metrics may fill; the write-ahead log and compaction need the rest. */
const USABLE = 0.8;

/** EKS runs these where nobody can scrape them: their jobs would be down for ever, and their alerts would fire for ever. */
const CONTROL_PLANE = {
  kubeEtcd: { enabled: false },
  kubeScheduler: { enabled: false },
  kubeControllerManager: { enabled: false },
};
const CONTROL_PLANE_RULES = {
  etcd: false,
  kubeControllerManager: false,
  kubeSchedulerAlerting: false,
  kubeSchedulerRecording: false,
};

/** Without the EBS driver there is no volume to be had, and metrics live as long as their pod. */
function volume({ enabled }: AddonContext, gib: number): Values {
  if (!enabled.has("aws_ebs_csi_driver")) return {};
  return {
    volumeClaimTemplate: {
      spec: {
        storageClassName: STORAGE_CLASS,
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: `${gib}Gi` } },
      },
    },
  };
}

function prometheus(context: AddonContext, given: z.output<typeof options>): Values {
  const { cluster_name, service_level } = context;
  const gib = given.volume_gib ?? service_level.metrics_volume_gib;
  return {
    podDisruptionBudget: { enabled: service_level.replicas > 1 }, // the chart knows minAvailable only, which blocks drains at one
    prometheusSpec: {
      replicas: service_level.replicas,
      retention: `${given.retention_days ?? service_level.metrics_retention_days}d`,
      retentionSize: `${Math.max(1, Math.floor(gib * USABLE))}GiB`, // old metrics go before the disk is full
      storageSpec: volume(context, gib),
      externalLabels: { cluster: cluster_name },
      // Every monitor and rule of the cluster counts, not only those that carry this release's label.
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      ruleSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "prometheus" }),
      tolerations: SYSTEM_TOLERATIONS,
      resources: { requests: { cpu: "200m", memory: "1Gi" } }, // no limit: what it needs follows what it scrapes
    },
  };
}

/** Metrics, dashboards and alerts. */
export const kubePrometheusStack = defineHelmAddon({
  name: "kube_prometheus_stack",
  summary: "Prometheus, Alertmanager and Grafana, with the alerts and dashboards of Kubernetes",
  namespace: "monitoring",
  pod_security: "privileged", // the node exporter reads the host's files, network and processes
  requires: [],
  after: ["coredns", "aws_ebs_csi_driver", "cluster_autoscaler"],
  conflicts_with: [],
  wait: false, // what it needs may take a new node, and only its CRDs matter to what comes next
  options,
  values: (context, given) => ({
    // Helm installs CRDs once and never upgrades them: this job does, as a hook before each upgrade.
    crds: {
      enabled: true,
      upgradeJob: {
        enabled: true,
        // The chart's own default is Docker Hub's `latest`: neither pinned nor free of rate limits.
        image: { busybox: { registry: "public.ecr.aws", repository: "docker/library/busybox", tag: "1.37.0" } },
        tolerations: SYSTEM_TOLERATIONS,
      },
    },
    ...CONTROL_PLANE,
    defaultRules: {
      rules: CONTROL_PLANE_RULES,
      additionalRuleLabels: { sla: context.service_level.name },
      disabled: Object.fromEntries(REPLACED_ALERTS.map((alert) => [alert, true])),
    },
    prometheus: prometheus(context, given),
    prometheusOperator: {
      tolerations: SYSTEM_TOLERATIONS,
      resources: resources("50m", "256Mi"),
      admissionWebhooks: { patch: { tolerations: SYSTEM_TOLERATIONS } },
    },
    alertmanager: {
      enabled: given.alertmanager,
      alertmanagerSpec: {
        replicas: context.service_level.replicas,
        storage: volume(context, 2), // silences and what was sent: a few MiB
        tolerations: SYSTEM_TOLERATIONS,
        resources: resources("20m", "128Mi"),
      },
    },
    grafana: {
      enabled: given.grafana,
      // No password is in these values, so none is in Terraform's state. Without a secret of one's own the chart makes one of
      // 40 random characters and keeps it: kubectl -n monitoring get secret kube-prometheus-stack-grafana
      ...(given.grafana_admin_secret === null ? {} : { admin: { existingSecret: given.grafana_admin_secret } }),
      tolerations: SYSTEM_TOLERATIONS,
      resources: resources("50m", "512Mi"),
    },
    "kube-state-metrics": {
      tolerations: SYSTEM_TOLERATIONS,
      resources: resources("20m", "256Mi"),
      metricLabelsAllowlist: [HELM_SECRET_LABELS],
    },
    "prometheus-node-exporter": { priorityClassName: "system-node-critical", resources: resources("20m", "64Mi") },
  }),
  manifests: (context) => platformAlerts(context),
});
