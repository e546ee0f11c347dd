import type { Values } from "../contract/addon";
import type { AddonContext, AddonSubject } from "../contract/addon-context";

/** Lets the platform run on nodes that are kept for it: CriticalAddonsOnly is the taint that EKS's own add-ons tolerate. */
export const SYSTEM_TOLERATIONS = [{ key: "CriticalAddonsOnly", operator: "Exists" }] as const;

/** For what must run on every node, whatever the node is kept for. */
export const EVERY_NODE = [{ operator: "Exists" }] as const;

/** Beside EVERY_NODE: Fargate has no place for a DaemonSet, and a pod for it would stay Pending for ever. */
export const OFF_FARGATE = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        { matchExpressions: [{ key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate"] }] },
      ],
    },
  },
} as const;

/** Keeps what runs on every node off those of Windows, for which its image is not built. */
export const LINUX = { "kubernetes.io/os": "linux" } as const;

/** Of a DaemonSet: on every node that can run it, whatever the node is kept for. */
export const EVERY_LINUX_NODE = { tolerations: EVERY_NODE, nodeSelector: LINUX, affinity: OFF_FARGATE } as const;

/** Of pods that tolerate no taints, beside groups of Windows; the constructs see to those that do. */
export function besideWindows({ operating_systems }: Pick<AddonSubject, "operating_systems">): Values {
  return operating_systems.includes("WINDOWS") ? { nodeSelector: LINUX } : {};
}

/** Lets a drain go on at any number of replicas: `minAvailable: 1` would block it for ever where there is one. */
export const ONE_AT_A_TIME = { enabled: true, maxUnavailable: 1 } as const;

/** Returns what the strictest Pod Security Standard requires of a pod. The user is the image's, or any other without rights. */
export function restrictedPod(runAsUser: number): Values {
  return { runAsNonRoot: true, runAsUser, seccompProfile: { type: "RuntimeDefault" } };
}

/** What the same standard requires of a container. */
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
