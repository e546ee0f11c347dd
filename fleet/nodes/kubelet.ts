import type { OperatingSystem } from "../../aws/ami";
import type { Worker } from "../model/cluster";

export type Kubelet = Worker["kubelet"];
export type KubeletKey = keyof Kubelet;

/** Why a setting has no effect on an operating system, as a clause, and what else to do besides removing it. */
interface Missing {
  readonly missing: string;
  readonly instead?: string;
}

/** Spelling of a setting in KubeletConfiguration, below Bottlerocket's `settings.kubernetes`, and as a flag. */
interface Spelling {
  readonly config: string;
  readonly bottlerocket: string | Missing;
  readonly windows: string | Missing;
}

const LINUX_ONLY: Missing = { missing: "Windows does not support it" };
const NO_FLAG: Missing = {
  missing: "the kubelet reads it from a file only, and EKS writes that file on Windows",
};

/** Every setting by its key. Bottlerocket's names are those of bottlerocket-settings-sdk's model of `settings.kubernetes`. */
export const KUBELET: Readonly<Record<KubeletKey, Spelling>> = {
  max_pods: { config: "maxPods", bottlerocket: "max-pods", windows: "max-pods" },
  kube_reserved: { config: "kubeReserved", bottlerocket: "kube-reserved", windows: "kube-reserved" },
  system_reserved: { config: "systemReserved", bottlerocket: "system-reserved", windows: "system-reserved" },
  reserved_system_cpus: { config: "reservedSystemCPUs", bottlerocket: "reserved-cpus", windows: LINUX_ONLY },
  eviction_hard: { config: "evictionHard", bottlerocket: "eviction-hard", windows: "eviction-hard" },
  eviction_soft: { config: "evictionSoft", bottlerocket: "eviction-soft", windows: "eviction-soft" },
  eviction_soft_grace_period: {
    config: "evictionSoftGracePeriod",
    bottlerocket: "eviction-soft-grace-period",
    windows: "eviction-soft-grace-period",
  },
  eviction_max_pod_grace_period_seconds: {
    config: "evictionMaxPodGracePeriod",
    bottlerocket: "eviction-max-pod-grace-period",
    windows: "eviction-max-pod-grace-period",
  },
  image_gc_high_threshold_percent: {
    config: "imageGCHighThresholdPercent",
    bottlerocket: "image-gc-high-threshold-percent",
    windows: "image-gc-high-threshold",
  },
  image_gc_low_threshold_percent: {
    config: "imageGCLowThresholdPercent",
    bottlerocket: "image-gc-low-threshold-percent",
    windows: "image-gc-low-threshold",
  },
  image_minimum_gc_age: {
    config: "imageMinimumGCAge",
    bottlerocket: "image-minimum-gc-age",
    windows: "minimum-image-ttl-duration",
  },
  image_maximum_gc_age: { config: "imageMaximumGCAge", bottlerocket: "image-maximum-gc-age", windows: NO_FLAG },
  cpu_manager_policy: { config: "cpuManagerPolicy", bottlerocket: "cpu-manager-policy", windows: LINUX_ONLY },
  cpu_manager_policy_options: {
    config: "cpuManagerPolicyOptions",
    bottlerocket: "cpu-manager-policy-options",
    windows: LINUX_ONLY,
  },
  cpu_cfs_quota: { config: "cpuCFSQuota", bottlerocket: "cpu-cfs-quota-enforced", windows: LINUX_ONLY },
  topology_manager_policy: {
    config: "topologyManagerPolicy",
    bottlerocket: "topology-manager-policy",
    windows: LINUX_ONLY,
  },
  topology_manager_scope: {
    config: "topologyManagerScope",
    bottlerocket: "topology-manager-scope",
    windows: LINUX_ONLY,
  },
  memory_manager_policy: { config: "memoryManagerPolicy", bottlerocket: "memory-manager-policy", windows: LINUX_ONLY },
  reserved_memory: {
    config: "reservedMemory",
    bottlerocket: "memory-manager-reserved-memory",
    windows: LINUX_ONLY,
  },
  pod_pids_limit: { config: "podPidsLimit", bottlerocket: "pod-pids-limit", windows: LINUX_ONLY },
  registry_qps: { config: "registryPullQPS", bottlerocket: "registry-qps", windows: "registry-qps" },
  registry_burst: { config: "registryBurst", bottlerocket: "registry-burst", windows: "registry-burst" },
  event_qps: { config: "eventRecordQPS", bottlerocket: "event-qps", windows: "event-qps" },
  event_burst: { config: "eventBurst", bottlerocket: "event-burst", windows: "event-burst" },
  kube_api_qps: { config: "kubeAPIQPS", bottlerocket: "kube-api-qps", windows: "kube-api-qps" },
  kube_api_burst: { config: "kubeAPIBurst", bottlerocket: "kube-api-burst", windows: "kube-api-burst" },
  serialize_image_pulls: {
    config: "serializeImagePulls",
    bottlerocket: { missing: "Bottlerocket does not support it", instead: "or use max_parallel_image_pulls" },
    windows: "serialize-image-pulls",
  },
  max_parallel_image_pulls: {
    config: "maxParallelImagePulls",
    bottlerocket: "max-parallel-image-pulls",
    windows: NO_FLAG,
  },
  container_log_max_size: {
    config: "containerLogMaxSize",
    bottlerocket: "container-log-max-size",
    windows: "container-log-max-size",
  },
  container_log_max_files: {
    config: "containerLogMaxFiles",
    bottlerocket: "container-log-max-files",
    windows: "container-log-max-files",
  },
  allowed_unsafe_sysctls: {
    config: "allowedUnsafeSysctls",
    bottlerocket: "allowed-unsafe-sysctls",
    windows: LINUX_ONLY,
  },
  cluster_dns: { config: "clusterDNS", bottlerocket: "cluster-dns-ip", windows: "cluster-dns" },
  shutdown_grace_period: {
    config: "shutdownGracePeriod",
    bottlerocket: "shutdown-grace-period",
    windows: LINUX_ONLY,
  },
  shutdown_grace_period_critical_pods: {
    config: "shutdownGracePeriodCriticalPods",
    bottlerocket: "shutdown-grace-period-for-critical-pods",
    windows: LINUX_ONLY,
  },
  feature_gates: {
    config: "featureGates",
    bottlerocket: { missing: "Bottlerocket has no feature gates", instead: "or use an ami_type of AL2023" },
    windows: "feature-gates",
  },
  extra: {
    config: "",
    bottlerocket: {
      missing: "Bottlerocket reads no KubeletConfiguration",
      instead: "or use bottlerocket_settings.kubernetes",
    },
    windows: NO_FLAG,
  },
};

export const KUBELET_KEYS = Object.keys(KUBELET) as readonly KubeletKey[];

/** True if a group sets a value. Null, an empty list and an empty map leave the setting to the image. */
export function isSet(value: unknown): boolean {
  if (value === null) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

/** Returns why a setting has no effect on an operating system; undefined if it has. */
export function whyMissing(key: KubeletKey, system: OperatingSystem): Missing | undefined {
  if (system === "AL2023") return undefined;
  const spelling = system === "BOTTLEROCKET" ? KUBELET[key].bottlerocket : KUBELET[key].windows;
  return typeof spelling === "string" ? undefined : spelling;
}
