import { nodeProblemDetector } from "../../../addons/nodes/node-problem-detector";
import { OFF_FARGATE } from "../../../addons/parts/pods";
import { manifestsOf, monitoredContext, valuesOf } from "../support/context";

test("runs on every node, and reads the logs that EKS nodes have", () => {
  expect(valuesOf(nodeProblemDetector)).toEqual({
    settings: { log_monitors: ["/config/kernel-monitor.json", "/config/readonly-monitor.json"] },
    tolerations: [{ operator: "Exists" }],
    nodeSelector: { "kubernetes.io/os": "linux" },
    affinity: OFF_FARGATE,
    resources: { requests: { cpu: "20m", memory: "80Mi" }, limits: { memory: "80Mi" } },
    maxUnavailable: "25%",
    metrics: { enabled: false, serviceMonitor: { enabled: false } },
  });
});

test("exposes metrics to Prometheus", () => {
  expect(valuesOf(nodeProblemDetector, monitoredContext)["metrics"]).toEqual({
    enabled: true,
    serviceMonitor: { enabled: true },
  });
  expect(manifestsOf(nodeProblemDetector)).toEqual([]);
  expect(manifestsOf(nodeProblemDetector, monitoredContext)).toMatchObject([
    {
      spec: {
        groups: [{ rules: [{ alert: "NodeProblem", expr: "max by (node, type, reason) (problem_gauge) == 1" }] }],
      },
    },
  ]);
});
