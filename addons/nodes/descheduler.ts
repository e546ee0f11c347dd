import { z } from "zod";
import { defineHelmAddon } from "../contract/addon";
import { reportOption } from "../contract/rule";
import { monitored } from "../parts/monitoring";
import { RESTRICTED_CONTAINER, SYSTEM_TOLERATIONS, spreadOverZones, withoutCpuLimit } from "../parts/pods";

const percent = z.int().min(0).max(100);

const options = z.strictObject({
  interval_minutes: z.int().min(1).describe("Minutes between runs."),
  low_node_utilization: z
    .strictObject({
      below_percent: percent.describe(
        "Percentage. A node is underused if its requested CPU, memory and pods are all below it.",
      ),
      above_percent: percent.describe(
        "Percentage. A node is overused if its requested CPU, memory or pods are above it.",
      ),
    })
    .nullable()
    .describe(
      "Moves pods from overused to underused nodes. null for not. Works against an autoscaler that empties nodes.",
    ),
  max_restarts: z.int().min(1).nullable().describe("Restarts after which a pod moves to another node. null for never."),
  max_age_days: z.int().min(1).nullable().describe("Days after which a pod is replaced. null for never."),
  min_replicas: z
    .int()
    .min(1)
    .nullable()
    .describe(
      "Never moves pods of workloads with fewer replicas, such as 2 to leave single pods alone. null for no such limit.",
    ),
  move_pods_with_volumes: z
    .boolean()
    .describe("Also moves pods that have volumes. They are down while the volumes move."),
});

type Options = z.output<typeof options>;

const thresholds = (value: number) => ({ cpu: value, memory: value, pods: value });

/** Each strategy with its settings, by the two ways in which the descheduler calls them. */
function policy({ low_node_utilization, max_age_days, max_restarts, min_replicas, move_pods_with_volumes }: Options) {
  const deschedule = [
    {
      name: "RemovePodsViolatingNodeAffinity",
      args: { nodeAffinityType: ["requiredDuringSchedulingIgnoredDuringExecution"] },
    },
    { name: "RemovePodsViolatingNodeTaints" },
    { name: "RemovePodsViolatingInterPodAntiAffinity" },
    ...(max_restarts === null
      ? []
      : [
          {
            name: "RemovePodsHavingTooManyRestarts",
            args: { podRestartThreshold: max_restarts, includingInitContainers: true },
          },
        ]),
    ...(max_age_days === null
      ? []
      : [{ name: "PodLifeTime", args: { maxPodLifeTimeSeconds: max_age_days * 24 * 3600 } }]),
  ];
  const balance = [
    { name: "RemoveDuplicates" },
    { name: "RemovePodsViolatingTopologySpreadConstraint" },
    ...(low_node_utilization === null
      ? []
      : [
          {
            name: "LowNodeUtilization",
            args: {
              thresholds: thresholds(low_node_utilization.below_percent),
              targetThresholds: thresholds(low_node_utilization.above_percent),
            },
          },
        ]),
  ];
  const evictor = {
    name: "DefaultEvictor",
    args: {
      nodeFit: true, // nothing is evicted that has nowhere to go
      ...(min_replicas === null ? {} : { minReplicas: min_replicas }),
      podProtections: {
        defaultDisabled: ["PodsWithLocalStorage"], // an emptyDir does not keep a pod on its node
        extraEnabled: move_pods_with_volumes ? [] : ["PodsWithPVC"],
      },
    },
  };
  return {
    profiles: [
      {
        name: "default",
        pluginConfig: [evictor, ...deschedule, ...balance],
        plugins: {
          deschedule: { enabled: deschedule.map(({ name }) => name) },
          balance: { enabled: balance.map(({ name }) => name) },
        },
      },
    ],
  };
}

/** Moves pods that would be placed otherwise today: the scheduler places a pod once, and never looks again. */
export const descheduler = defineHelmAddon({
  name: "descheduler",
  summary: "Moves pods off nodes where they no longer belong: spread, affinity, taints, balance",
  namespace: "kube-system", // where pods may be critical to the cluster
  release_notes: {
    "https://kubernetes-sigs.github.io/descheduler/descheduler":
      "https://github.com/kubernetes-sigs/descheduler/releases/tag/descheduler-helm-chart-", // 0.36.0
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: [],
  wait: false,
  options,
  checks: [
    (_, { low_node_utilization: given }) =>
      reportOption(
        given !== null && given.below_percent >= given.above_percent,
        ["low_node_utilization", "below_percent"],
        `must be less than above_percent (${given?.above_percent}), but is ${given?.below_percent}`,
      ),
  ],

  values: (context, given) => {
    const { replicas } = context.service_level;
    return {
      kind: "Deployment",
      replicas,
      leaderElection: { enabled: replicas > 1 },
      deschedulingInterval: `${given.interval_minutes}m`,
      deschedulerPolicy: policy(given),
      securityContext: { ...RESTRICTED_CONTAINER, privileged: false, runAsNonRoot: true, runAsUser: 1000 },
      podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
      podDisruptionBudget: { enabled: replicas > 1, minAvailable: null, maxUnavailable: 1 },
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/instance": "descheduler" }),
      tolerations: SYSTEM_TOLERATIONS,
      resources: withoutCpuLimit("50m", "256Mi"),
      service: { enabled: monitored(context) },
      serviceMonitor: { enabled: monitored(context) },
    };
  },
});
