import { verticalPodAutoscaler } from "../../../addons/nodes/vertical-pod-autoscaler";
import { contextOf, LEVELS, manifestsOf, monitoredContext, valuesOf } from "../support/context";

const deployment = (replicas: number, memory: string) => ({
  replicas,
  podDisruptionBudget: { enabled: true, minAvailable: null, maxUnavailable: 1 },
  priorityClassName: "system-cluster-critical",
  tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
  resources: { requests: { cpu: "50m", memory }, limits: { memory } },
});

/** The jobs that make its certificate find a place where the deployments do. */
const admission = {
  ...deployment(2, "256Mi"),
  certGen: {
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "64Mi" } },
  },
};

test("recommends, and changes pods", () => {
  expect(valuesOf(verticalPodAutoscaler)).toEqual({
    recommender: deployment(2, "500Mi"),
    updater: { enabled: true, ...deployment(2, "500Mi") },
    admissionController: { enabled: true, ...admission },
  });
});

test("only recommends if changes are off", () => {
  const context = contextOf({ service_level: LEVELS.one });

  expect(valuesOf(verticalPodAutoscaler, context, { apply_recommendations: false })).toEqual({
    recommender: deployment(1, "500Mi"),
    updater: { enabled: false, ...deployment(1, "500Mi") },
    admissionController: { enabled: false, ...admission, replicas: 1 },
  });
});

test("requires metrics", () => {
  expect(verticalPodAutoscaler.requires).toEqual(["metrics_server"]);
});

test("is scraped if Prometheus is installed", () => {
  expect(manifestsOf(verticalPodAutoscaler)).toEqual([]);
  expect(manifestsOf(verticalPodAutoscaler, monitoredContext).map(({ kind, spec }) => [kind, spec])).toEqual([
    [
      "PodMonitor",
      {
        selector: { matchLabels: { "app.kubernetes.io/instance": "vertical-pod-autoscaler" } },
        podMetricsEndpoints: [{ port: "prometheus" }],
      },
    ],
  ]);
});
