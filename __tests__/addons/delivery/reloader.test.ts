import { reloader } from "../../../addons/delivery/reloader";
import { contextOf, LEVELS, monitoredContext, valuesOf } from "../support/context";

test("restarts only annotated workloads, and has two replicas with one leader", () => {
  expect(valuesOf(reloader, contextOf(), { ignored_namespaces: ["a", "b"] })).toEqual({
    reloader: {
      autoReloadAll: false,
      reloadStrategy: "annotations",
      ignoreNamespaces: "a,b",
      isArgoRollouts: false,
      enableHA: true,
      readOnlyRootFileSystem: true,
      deployment: {
        replicas: 2,
        containerSecurityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
        },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: { "app.kubernetes.io/instance": "reloader" } },
          },
        ],
        tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
        resources: { requests: { cpu: "20m", memory: "512Mi" }, limits: { memory: "512Mi" } },
      },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      podMonitor: { enabled: false },
    },
  });
});

test.each([
  ["one replica elects no leader", contextOf({ service_level: LEVELS.one }), { enableHA: false }],
  ["Prometheus reads it where it is", monitoredContext, { podMonitor: { enabled: true } }],
  ["rollouts restart too", contextOf({ enabled: ["argo_rollouts"] }), { isArgoRollouts: true }],
])("%s", (_what, context, values) => {
  expect(valuesOf(reloader, context)["reloader"]).toMatchObject(values);
});
