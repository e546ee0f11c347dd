import { metricsServer } from "../../../addons/observability/metrics-server";
import { contextOf, LEVELS, monitoredContext, valuesOf } from "../support/context";

test("has these values in the reference cluster", () => {
  expect(valuesOf(metricsServer)).toEqual({
    replicas: 2,
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "app.kubernetes.io/instance": "metrics-server" } },
      },
    ],
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    metrics: { enabled: false },
    serviceMonitor: { enabled: false },
  });
});

test("does not use the kubelet's port on Fargate", () => {
  const values = valuesOf(metricsServer, contextOf({ on_fargate: ["metrics_server"] }));

  expect(values["containerPort"]).toBe(10251);
});

test("has the replicas of the service level", () => {
  expect(valuesOf(metricsServer, contextOf({ service_level: LEVELS.three }))["replicas"]).toBe(3);
});

test("is scraped if Prometheus is installed", () => {
  const values = valuesOf(metricsServer, monitoredContext);

  expect([values["metrics"], values["serviceMonitor"]]).toEqual([{ enabled: true }, { enabled: true }]);
});
