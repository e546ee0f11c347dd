import { prometheusAdapter } from "../../../addons/observability/prometheus-adapter";
import { contextOf, LEVELS, valuesOf } from "../support/context";

test("has these values in the reference cluster", () => {
  expect(valuesOf(prometheusAdapter, contextOf(), { default_rules: false })).toEqual({
    prometheus: { url: "http://kube-prometheus-stack-prometheus.monitoring.svc", port: 9090 },
    rules: { default: false },
    replicas: 2,
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "app.kubernetes.io/instance": "prometheus-adapter" } },
      },
    ],
    priorityClassName: "system-cluster-critical",
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    resources: { requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "256Mi" } },
  });
  expect(valuesOf(prometheusAdapter, contextOf({ service_level: LEVELS.three }))["replicas"]).toBe(3);
});
