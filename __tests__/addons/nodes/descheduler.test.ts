import { descheduler } from "../../../addons/nodes/descheduler";
import { contextOf, LEVELS, monitoredContext, optionsOf, reportsOf, valuesOf } from "../support/context";

interface Policy {
  readonly profiles: readonly [
    {
      readonly pluginConfig: readonly { readonly name: string; readonly args?: unknown }[];
      readonly plugins: Readonly<Record<string, { readonly enabled: readonly string[] }>>;
    },
  ];
}

const profile = (differences = {}) =>
  (valuesOf(descheduler, contextOf(), differences)["deschedulerPolicy"] as Policy).profiles[0];
const argsOf = (name: string, differences = {}) =>
  profile(differences).pluginConfig.find((plugin) => plugin.name === name)?.args;

test("runs as a Deployment with one leader", () => {
  expect(valuesOf(descheduler)).toMatchObject({
    kind: "Deployment",
    replicas: 2,
    leaderElection: { enabled: true },
    deschedulingInterval: "10m",
    podDisruptionBudget: { enabled: true, minAvailable: null, maxUnavailable: 1 },
    resources: { limits: { cpu: null } },
    service: { enabled: false },
  });
  expect(valuesOf(descheduler, contextOf({ service_level: LEVELS.one }))).toMatchObject({
    replicas: 1,
    leaderElection: { enabled: false },
  });
  expect(valuesOf(descheduler, monitoredContext)).toMatchObject({
    service: { enabled: true },
    serviceMonitor: { enabled: true },
  });
});

test("evicts misplaced pods, and does not fill nodes that the autoscaler empties", () => {
  expect(profile().plugins).toEqual({
    deschedule: {
      enabled: [
        "RemovePodsViolatingNodeAffinity",
        "RemovePodsViolatingNodeTaints",
        "RemovePodsViolatingInterPodAntiAffinity",
        "RemovePodsHavingTooManyRestarts",
      ],
    },
    balance: { enabled: ["RemoveDuplicates", "RemovePodsViolatingTopologySpreadConstraint"] },
  });
  expect(argsOf("DefaultEvictor")).toEqual({
    nodeFit: true,
    podProtections: { defaultDisabled: ["PodsWithLocalStorage"], extraEnabled: ["PodsWithPVC"] },
  });
});

test.each([
  [
    "LowNodeUtilization",
    { low_node_utilization: { below_percent: 20, above_percent: 50 } },
    {
      thresholds: { cpu: 20, memory: 20, pods: 20 },
      targetThresholds: { cpu: 50, memory: 50, pods: 50 },
    },
  ],
  ["PodLifeTime", { max_age_days: 7 }, { maxPodLifeTimeSeconds: 604_800 }],
  ["RemovePodsHavingTooManyRestarts", { max_restarts: 3 }, { podRestartThreshold: 3, includingInitContainers: true }],
  ["RemovePodsHavingTooManyRestarts", { max_restarts: null }, undefined],
  [
    "DefaultEvictor",
    { move_pods_with_volumes: true },
    {
      nodeFit: true,
      podProtections: { defaultDisabled: ["PodsWithLocalStorage"], extraEnabled: [] },
    },
  ],
])("%s with %j", (name, differences, args) => {
  expect(argsOf(name, differences)).toEqual(args);
});

test("requires the limit of a full node to be above that of an empty one", () => {
  const low_node_utilization = { below_percent: 50, above_percent: 50 };

  expect(reportsOf(descheduler, contextOf(), optionsOf(descheduler, { low_node_utilization }))).toEqual([
    {
      path: ["options", "low_node_utilization", "below_percent"],
      message: "must be less than above_percent (50), but is 50",
    },
  ]);
});

test("does not evict pods of workloads with fewer replicas than the option", () => {
  const textOf = (min_replicas: number | null) => JSON.stringify(valuesOf(descheduler, contextOf(), { min_replicas }));

  expect(textOf(2)).toContain('"minReplicas":2');
  expect(textOf(null)).not.toContain("minReplicas");
});
