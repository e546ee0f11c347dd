import { z } from "zod";
import { defineHelmAddon } from "../contract/addon";
import { monitored } from "../parts/monitoring";
import { ONE_AT_A_TIME, SYSTEM_TOLERATIONS, spreadOverZones } from "../parts/pods";

/** CPU and memory of pods and nodes, for `kubectl top` and for autoscalers of pods. */
export const metricsServer = defineHelmAddon({
  name: "metrics_server",
  summary: "Resource metrics for kubectl top, HorizontalPodAutoscaler and VerticalPodAutoscaler",
  namespace: "kube-system",
  release_notes: {
    "https://kubernetes-sigs.github.io/metrics-server/metrics-server":
      "https://github.com/kubernetes-sigs/metrics-server/releases/tag/metrics-server-helm-chart-", // 3.14.0
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: [],
  serves_apis: () => [{ api: "v1beta1.metrics.k8s.io" }],
  singleton: true,
  wait: true, // it serves an API, and namespaces cannot be deleted while an API of the cluster is unavailable
  options: z.strictObject({}),
  fargate: { labels: { "app.kubernetes.io/name": "metrics-server", "app.kubernetes.io/instance": "metrics-server" } },
  values: (context) => ({
    replicas: context.service_level.replicas,
    podDisruptionBudget: ONE_AT_A_TIME,
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/instance": "metrics-server" }),
    tolerations: SYSTEM_TOLERATIONS,
    ...(context.on_fargate.includes("metrics_server") && { containerPort: 10251 }), // its own 10250 is the kubelet's there
    metrics: { enabled: monitored(context) },
    serviceMonitor: { enabled: monitored(context) },
  }),
});
