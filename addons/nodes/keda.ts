import { z } from "zod";
import { foreignArns, iamStatement, literalStatement } from "../../language/words/iam";
import { defineHelmAddon } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { dashboardData } from "../contract/dashboard";
import { monitored } from "../parts/monitoring";
import { SYSTEM_TOLERATIONS, spreadOverZones, withoutCpuLimit } from "../parts/pods";
import dashboard from "./keda.dashboard.json";

const options = z.strictObject({
  permissions: z
    .array(iamStatement)
    .describe("IAM statements for the operator: what it may read in AWS to scale by (SQS, CloudWatch, …)."),
});

const metrics = (context: AddonContext) => ({
  enabled: monitored(context),
  serviceMonitor: { enabled: monitored(context) },
});

const oneAtATime = { maxUnavailable: 1 };

/** Scales workloads by events: queues, streams, schedules, metrics of Prometheus. */
export const keda = defineHelmAddon({
  name: "keda",
  summary: "Scales workloads by events, down to zero: queues, streams, schedules, Prometheus",
  namespace: "keda",
  pod_security: "restricted",
  release_notes: {
    "https://kedacore.github.io/charts/keda": "https://github.com/kedacore/charts/releases/tag/v", // 2.20.2
  },
  requires: [],
  after: ["coredns", "metrics_server", "kube_prometheus_stack"],
  conflicts_with: [],
  served_ports: [6443, 9443], // metrics for the API server, and its webhook
  dashboard: dashboardData.parse(dashboard),
  serves_apis: () => [{ api: "v1beta1.external.metrics.k8s.io" }],
  singleton: true,
  api_groups: ["keda.sh", "eventing.keda.sh"],
  crds: "upgraded",
  wait: false, // its webhook lets objects through while it is not there
  selects_linux: true,
  options,
  service_account: "keda-operator",
  fargate: {
    labels: { "app.kubernetes.io/name": "keda-operator", "app.kubernetes.io/instance": "keda" },
    annotations: ["serviceAccount", "operator", "annotations"],
  },
  permissions: (_context, { permissions }) => permissions.map(literalStatement),
  policies: ({ permissions }) => [{ option: "permissions", statements: permissions }],
  checks: [
    ({ partition }, { permissions }) =>
      foreignArns(permissions, partition).map(({ path, message }) => ({
        path: ["options", "permissions", ...path],
        message,
      })),
  ],

  values: (context) => {
    const { replicas } = context.service_level;
    return {
      clusterName: context.cluster_name,
      // In the chart's templates, so that Helm upgrades them; kept, because deleting them would delete every ScaledObject.
      crds: { install: true, additionalAnnotations: { "helm.sh/resource-policy": "keep" } },
      priorityClassName: "system-cluster-critical", // nothing scales while it is pending
      tolerations: SYSTEM_TOLERATIONS,
      operator: { name: "keda-operator", replicaCount: replicas },
      metricsServer: { replicaCount: replicas },
      webhooks: { enabled: true, replicaCount: replicas },
      serviceAccount: { operator: { name: "keda-operator" } },
      podDisruptionBudget: { operator: oneAtATime, metricServer: oneAtATime, webhooks: oneAtATime },
      topologySpreadConstraints: {
        operator: spreadOverZones({ app: "keda-operator" }),
        metricsServer: spreadOverZones({ app: "keda-operator-metrics-apiserver" }),
        webhooks: spreadOverZones({ app: "keda-admission-webhooks" }),
      },
      resources: {
        operator: withoutCpuLimit("100m", "512Mi"),
        metricServer: withoutCpuLimit("50m", "256Mi"),
        webhooks: withoutCpuLimit("20m", "128Mi"),
      },
      prometheus: { operator: metrics(context), metricServer: metrics(context), webhooks: metrics(context) },
    };
  },
});
