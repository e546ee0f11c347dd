import type { z } from "zod";
import { valueAt } from "../../language/plain-map";
import { defineHelmAddon, type Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { bucketOf } from "../parts/bucket";
import { RULE_LABELS } from "../parts/monitoring";
import {
  BUDGET,
  ON_EVERY_NODE,
  replicated,
  resources,
  SHORT_JOB,
  SYSTEM_TOLERATIONS,
  spreadOverZones,
} from "../parts/pods";
import { STORAGE_CLASS } from "../parts/storage-class";
import { alertSenseRules } from "./alert-sense";
import { alertmanagerConfig, alertmanagerSecrets, calledServices } from "./alertmanager";
import { alertingRules } from "./alertmanager-findings";
import { cloudWatchPermissions, GRAFANA_SERVICE_ACCOUNT, grafana } from "./grafana";
import { grafanaRules } from "./grafana-findings";
import { options } from "./kube-prometheus-options";
import {
  longTermRules,
  PROMETHEUS_SERVICE_ACCOUNT,
  remoteWriteSpec,
  thanosSpec,
  workspacePermissions,
} from "./long-term-metrics";
import { HELM_SECRET_LABELS, platformAlerts, REPLACED_ALERTS } from "./platform-alerts";

/** Address for links. Without one, the chart names the Service, which only pods can resolve. */
function externalUrl(address: string | null, context: AddonContext, ui: string): Values {
  const url = address ?? context.published[ui];
  return url === undefined ? {} : { externalUrl: url };
}

/** Share of a volume that metrics may fill; the write-ahead log and compaction need the rest. */
const USABLE = 0.8;

/** EKS runs these where Prometheus cannot reach them: their jobs would always be down, and their alerts would always fire. */
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

/** Returns the volume of Prometheus. Without a storage class, metrics are lost with their pod. */
function volume({ volumes }: AddonContext, gib: number): Values {
  if (!volumes) return {};
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
  const { cluster_name, region, service_level, tier } = context;
  const gib = given.volume_gib ?? service_level.metrics_volume_gib;
  return {
    serviceAccount: { name: PROMETHEUS_SERVICE_ACCOUNT },
    ...(given.thanos.enabled && { thanosService: { enabled: true }, thanosServiceMonitor: { enabled: true } }),
    podDisruptionBudget: BUDGET,
    prometheusSpec: {
      ...externalUrl(given.prometheus_url, context, "prometheus"),
      replicas: service_level.replicas,
      retention: `${given.retention_days ?? service_level.metrics_retention_days}d`,
      retentionSize: `${Math.max(1, Math.floor(gib * USABLE))}GiB`, // old metrics go before the disk is full
      storageSpec: volume(context, gib),
      externalLabels: { cluster: cluster_name, region, tier },
      ...thanosSpec(context, given.thanos),
      ...(given.remote_write.length > 0 && { remoteWrite: remoteWriteSpec(context, given.remote_write) }),
      // Every monitor and rule of the cluster counts, not only those that carry this release's label.
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      ...(given.rules === "all"
        ? { ruleSelectorNilUsesHelmValues: false }
        : { ruleSelector: { matchExpressions: [{ key: "prometheus", operator: "Exists" }] } }),
      scrapeConfigSelectorNilUsesHelmValues: false,
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "prometheus" }),
      priorityClassName: "system-cluster-critical", // a full cluster is when its alerts count
      tolerations: SYSTEM_TOLERATIONS,
      resources: { requests: { cpu: "200m", memory: "1Gi" } }, // no limit: what it needs follows what it scrapes
    },
  };
}

function alertmanager(context: AddonContext, given: z.output<typeof options>): Values {
  const config = alertmanagerConfig(given.alerting);
  return {
    enabled: given.alertmanager,
    podDisruptionBudget: BUDGET,
    ...(config !== undefined && { config }),
    alertmanagerSpec: {
      ...externalUrl(given.alertmanager_url, context, "alertmanager"),
      ...replicated(context, "replicas", { "app.kubernetes.io/name": "alertmanager" }, "20m", "128Mi"),
      storage: volume(context, 2), // silences and what was sent: a few MiB
      ...(config !== undefined && { secrets: alertmanagerSecrets(given.alerting) }),
      priorityClassName: "system-cluster-critical",
    },
  };
}

/** Alerting is of no use without an Alertmanager. */
const LOGIN = { oidc: undefined, dex: undefined, github: "GitHub", google: "Google" } as const;

function needs_internet({ alerting: given, grafana_sso }: z.output<typeof options>): string | undefined {
  const login = grafana_sso === null ? undefined : LOGIN[grafana_sso.provider];
  const needed = [...calledServices(given), ...(login === undefined ? [] : [login])];
  return needed.length === 0 ? undefined : `the API of ${needed.join(", ")}`;
}

/** True if the values bring receivers of their own: a configuration, a Secret with one, or objects of type AlertmanagerConfig. */
function configuresAlertmanager(values: Values): boolean {
  if (valueAt(values, "alertmanager", "enabled") === false) return true;
  return [
    ["config"],
    ["tplConfig"],
    ["stringConfig"],
    ["alertmanagerSpec", "configSecret"],
    ["alertmanagerSpec", "alertmanagerConfigSelector"],
    ["alertmanagerSpec", "alertmanagerConfiguration"],
  ].some((path) => valueAt(values, "alertmanager", ...path) !== undefined);
}

/** Metrics, dashboards and alerts. */
export const kubePrometheusStack = defineHelmAddon({
  name: "kube_prometheus_stack",
  summary: "Prometheus, Alertmanager and Grafana, with the alerts and dashboards of Kubernetes",
  namespace: "monitoring",
  daemon_pods: (_options, values) => (valueAt(values, "nodeExporter", "enabled") === false ? 0 : 1),
  pod_security: "privileged", // the node exporter reads the host's files, network and processes
  release_notes: {
    "https://prometheus-community.github.io/helm-charts/kube-prometheus-stack":
      "https://github.com/prometheus-community/helm-charts/releases/tag/kube-prometheus-stack-", // 91.9.0
  },
  requires: [],
  // Grafana's Ingress keeps a finalizer of the load balancer controller. The other servers of Ingresses keep none, and wait for it.
  after: ["coredns", "aws_ebs_csi_driver", "aws_load_balancer_controller", "cluster_autoscaler"],
  conflicts_with: [],
  open_switches: [
    { path: ["grafana", "grafana.ini", "auth.anonymous", "enabled"], opens: "Grafana to everybody without a login" },
  ],
  workloads: [
    {
      containers: ["prometheus.prometheusSpec.resources", "prometheusOperator.prometheusConfigReloader.resources"],
      pods: "prometheus.prometheusSpec.replicas",
      volume: "prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.resources.requests.storage",
    },
    {
      containers: ["alertmanager.alertmanagerSpec.resources", "prometheusOperator.prometheusConfigReloader.resources"],
      pods: "alertmanager.alertmanagerSpec.replicas",
      if: "alertmanager.enabled",
      volume: "alertmanager.alertmanagerSpec.storage.volumeClaimTemplate.spec.resources.requests.storage",
    },
    // Two sidecars: one loads dashboards, the other data sources.
    {
      containers: ["grafana.resources", "grafana.sidecar.resources", "grafana.sidecar.resources"],
      if: "grafana.resources",
    },
    { containers: ["prometheusOperator.resources"] },
    { containers: ["kube-state-metrics.resources"] },
    { containers: ["prometheus-node-exporter.resources"], pods: "node" },
  ],
  served_ports: [3000, 9090, 9093, 10_250, 10_901], // Grafana, Prometheus, Alertmanager, a webhook, Thanos
  // A second node exporter would conflict with the port of the first on every node.
  installed_also: { eks_addons: ["kube-state-metrics", "prometheus-node-exporter"] },
  ingress_class: ({ grafana_ingress_class }) => ({ option: "grafana_ingress_class", name: grafana_ingress_class }),
  hosts: ({ grafana, grafana_host: host }) =>
    grafana && host !== null ? [{ host, path: ["options", "grafana_host"] }] : [],
  // With a copy in another system, only the latest metrics are lost.
  loses_without_volume: ({ remote_write, thanos }) =>
    remote_write.length > 0 || thanos.enabled ? undefined : "all its metrics",
  singleton: true,
  api_groups: ["monitoring.coreos.com"],
  crds: "upgraded",
  wait: false, // its pods may require a new node, and later releases require only its CRDs
  options,
  service_account: PROMETHEUS_SERVICE_ACCOUNT,
  permissions: (context, { remote_write }) => workspacePermissions(context, remote_write),
  further_identities: [{ service_account: GRAFANA_SERVICE_ACCOUNT, permissions: cloudWatchPermissions }],
  bucket: (_context, given) =>
    given.thanos.enabled ? bucketOf(given.thanos.bucket, given.thanos.expire_days) : undefined,
  aws_services: ({ grafana_cloudwatch, remote_write }) => [
    ...(remote_write.some(({ amp_workspace_id }) => amp_workspace_id !== undefined)
      ? (["aps-workspaces"] as const)
      : []),
    ...(grafana_cloudwatch ? (["logs", "monitoring"] as const) : []),
  ],
  needs_internet,
  asks_person: ({ alertmanager: on, alerting: { receivers } }, values) =>
    on && receivers.length === 0 && !configuresAlertmanager(values)
      ? {
          path: ["options", "alerting", "receivers"],
          message:
            "is empty, so nobody is notified of alerts. Add a receiver and set default_receiver, or set options.alertmanager: false",
        }
      : undefined,
  checks: [...alertingRules, ...alertSenseRules, ...grafanaRules, ...longTermRules],
  values: (context, given) => ({
    // Helm installs CRDs once and never upgrades them: this job does, as a hook before each upgrade.
    crds: {
      enabled: true,
      upgradeJob: {
        enabled: true,
        // The chart's own default is Docker Hub's `latest`: neither pinned nor free of rate limits.
        image: { busybox: { registry: "public.ecr.aws", repository: "docker/library/busybox", tag: "1.37.0" } },
        tolerations: SYSTEM_TOLERATIONS,
        resources: SHORT_JOB,
      },
    },
    ...CONTROL_PLANE,
    defaultRules: {
      rules: CONTROL_PLANE_RULES,
      additionalRuleLabels: { sla: context.service_level.name },
      labels: RULE_LABELS,
      disabled: Object.fromEntries(REPLACED_ALERTS.map((alert) => [alert, true])),
    },
    prometheus: prometheus(context, given),
    prometheusOperator: {
      tolerations: SYSTEM_TOLERATIONS,
      resources: resources("50m", "256Mi"),
      admissionWebhooks: { patch: { tolerations: SYSTEM_TOLERATIONS, resources: SHORT_JOB } },
      // Beside Prometheus and Alertmanager. There is no limit: what it needs follows the number of rules.
      prometheusConfigReloader: { resources: { requests: { cpu: "10m", memory: "64Mi" } } },
    },
    alertmanager: alertmanager(context, given),
    grafana: grafana(context, given, given.thanos.query_url),
    "kube-state-metrics": {
      priorityClassName: "system-cluster-critical",
      tolerations: SYSTEM_TOLERATIONS,
      resources: resources("20m", "256Mi"),
      metricLabelsAllowlist: [HELM_SECRET_LABELS],
    },
    "prometheus-node-exporter": { ...ON_EVERY_NODE, resources: resources("20m", "64Mi") },
  }),
  manifests: (context) => platformAlerts(context),
});
