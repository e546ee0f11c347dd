import { coredns } from "../../../addons/traffic/coredns";
import { contextOf, LEVELS, valuesOf } from "../support/context";

test("scales itself, has one replica in each zone, and lets one be down", () => {
  expect(valuesOf(coredns)).toEqual({
    autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 10 },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "k8s-app": "kube-dns" } },
      },
    ],
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    resources: { requests: { cpu: "100m", memory: "170Mi" }, limits: { memory: "170Mi" } },
  });
});

test.each([
  [LEVELS.one, 10, { enabled: true, minReplicas: 2, maxReplicas: 10 }],
  [LEVELS.three, 10, { enabled: true, minReplicas: 3, maxReplicas: 10 }],
  [LEVELS.three, 2, { enabled: true, minReplicas: 3, maxReplicas: 3 }],
])("at level %p with at most %p replicas it has %p", (service_level, max_replicas, autoScaling) => {
  expect(valuesOf(coredns, contextOf({ service_level }), { max_replicas })["autoScaling"]).toEqual(autoScaling);
});

test("has the compute type Fargate if a profile selects its pods", () => {
  expect(valuesOf(coredns, contextOf({ dns_on_fargate: true }))["computeType"]).toBe("Fargate");
});

test("calls no AWS API", () => {
  expect(coredns.permissions).toBeUndefined();
});
