import { z } from "zod";
import { valueAt } from "../../language/plain-map";
import { defineHelmAddon } from "../contract/addon";
import { ONE_AT_A_TIME, replicated } from "../parts/pods";

const options = z.strictObject({
  default_rules: z
    .boolean()
    .describe("Exposes every metric that has a namespace and a pod. false: only those of values.rules.custom."),
});

/** APIs of which a cluster has one server each, by the values that make the adapter claim them. */
const CLAIMS = [
  { api: "v1beta1.external.metrics.k8s.io", path: ["values", "rules", "external"] },
  { api: "v1beta1.metrics.k8s.io", path: ["values", "rules", "resource"] },
] as const;

/** Lets a HorizontalPodAutoscaler scale by any metric in Prometheus, such as requests or queues. */
export const prometheusAdapter = defineHelmAddon({
  name: "prometheus_adapter",
  summary: "Prometheus's metrics for HorizontalPodAutoscalers (custom.metrics.k8s.io)",
  namespace: "prometheus-adapter",
  pod_security: "restricted",
  release_notes: {
    "https://prometheus-community.github.io/helm-charts/prometheus-adapter":
      "https://github.com/prometheus-community/helm-charts/releases/tag/prometheus-adapter-", // 4.10.0
  },
  requires: ["kube_prometheus_stack"],
  after: ["coredns"],
  conflicts_with: [],
  served_ports: [6443], // metrics for the API server
  serves_apis: (values) => CLAIMS.filter(({ path }) => Object.keys(valueAt({ values }, ...path) ?? {}).length > 0),
  wait: true, // it serves an API, and namespaces cannot be deleted while an API of the cluster is unavailable
  options,
  values: (context, { default_rules }) => ({
    prometheus: { url: "http://kube-prometheus-stack-prometheus.monitoring.svc", port: 9090 },
    rules: { default: default_rules },
    ...replicated(context, "replicas", { "app.kubernetes.io/instance": "prometheus-adapter" }, "50m", "256Mi"),
    podDisruptionBudget: ONE_AT_A_TIME,
    priorityClassName: "system-cluster-critical", // nothing scales by its metrics while it is pending
  }),
});
