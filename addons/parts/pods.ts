import type { Manifest, Values } from "../contract/addon";
import type { AddonContext, AddonSubject } from "../contract/addon-context";

/** Tolerates the taint of nodes that are reserved for the platform. EKS's own add-ons tolerate it too. */
export const SYSTEM_TOLERATIONS = [{ key: "CriticalAddonsOnly", operator: "Exists" }] as const;

/** Tolerates every taint, for pods that must run on every node. */
export const EVERY_NODE = [{ operator: "Exists" }] as const;

/** Excludes Fargate, which runs no DaemonSets: their pods would stay Pending permanently. */
export const OFF_FARGATE = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        { matchExpressions: [{ key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate"] }] },
      ],
    },
  },
} as const;

/** Excludes Windows nodes, for images that are built for Linux only. */
export const LINUX = { "kubernetes.io/os": "linux" } as const;

/** Runs a DaemonSet on every Linux node, whatever its taints. */
export const EVERY_LINUX_NODE = { tolerations: EVERY_NODE, nodeSelector: LINUX, affinity: OFF_FARGATE } as const;

/** Runs the pods of a DaemonSet before others on every node, for charts that select the nodes themselves but not all taints. */
export const ON_EVERY_NODE = { priorityClassName: "system-node-critical", tolerations: EVERY_NODE } as const;

/** Selects Linux nodes for pods without tolerations, if the cluster has Windows groups. For other pods, the constructs do. */
export function besideWindows({ operating_systems }: Pick<AddonSubject, "operating_systems">): Values {
  return operating_systems.includes("WINDOWS") ? { nodeSelector: LINUX } : {};
}

/** Allows drains at any number of replicas: `minAvailable: 1` would block them permanently if there is one replica. */
export const ONE_AT_A_TIME = { enabled: true, maxUnavailable: 1 } as const;

/** Removes the chart's minAvailable: 1, which blocks drains at one replica, and allows two evictions at once at three. */
export const BUDGET = { ...ONE_AT_A_TIME, minAvailable: null } as const;

/** Returns a budget for pods whose chart has none. Without it, two nodes that drain at once can stop every replica. */
export function disruptionBudget(
  { service_level }: Pick<AddonContext, "service_level">,
  metadata: Manifest["metadata"],
  labels: Readonly<Record<string, string>>,
): readonly Manifest[] {
  if (service_level.replicas === 1) return [];
  const spec = { maxUnavailable: ONE_AT_A_TIME.maxUnavailable, selector: { matchLabels: labels } };
  return [{ apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata, spec }];
}

/** Returns what the strictest Pod Security Standard requires of a pod. The user is the image's, or any other without rights. */
export function restrictedPod(runAsUser: number): Values {
  return { runAsNonRoot: true, runAsUser, seccompProfile: { type: "RuntimeDefault" } };
}

/** The requirements of the same standard for a container. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
} as const;

/** Prefers one replica per zone, but does not require it. */
export function spreadOverZones(labels: Readonly<Record<string, string>>): readonly Values[] {
  return [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: labels },
    },
  ];
}

/** Returns the same for a chart that accepts affinity only. */
export function apartByZone(labels: Readonly<Record<string, string>>): Values {
  const podAffinityTerm = { topologyKey: "topology.kubernetes.io/zone", labelSelector: { matchLabels: labels } };
  return { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] } };
}

/** Returns requests, and a limit of memory only: a limit of CPU throttles a controller exactly when it is busy. */
export function resources(cpu: string, memory: string): Values {
  return { requests: { cpu, memory }, limits: { memory } };
}

/** Returns the same for a chart that limits CPU by default: null removes its limit. */
export function withoutCpuLimit(cpu: string, memory: string): Values {
  return { requests: { cpu, memory }, limits: { cpu: null, memory } };
}

/**
 * Requests of a Job that runs for seconds, such as a hook of Helm. There is no limit: an upgrade must not fail because a Job has too little
 * memory.
 */
export const SHORT_JOB = { requests: { cpu: "10m", memory: "64Mi" } } as const;

/**
 * Returns the values of a Deployment that can have several replicas: as many as the service level requires, spread over zones by
 * the labels of its pods, on system nodes too. The chart's key for the number of replicas is `replicas` or `replicaCount`.
 */
export function replicated(
  { service_level }: AddonContext,
  key: "replicas" | "replicaCount",
  labels: Readonly<Record<string, string>>,
  cpu: string,
  memory: string,
): Values {
  return {
    [key]: service_level.replicas,
    topologySpreadConstraints: spreadOverZones(labels),
    tolerations: SYSTEM_TOLERATIONS,
    resources: resources(cpu, memory),
  };
}
