import type { Config } from "../config";

/** Fields of KubeletConfiguration that have a key of their own here, whose values are the same. */
const SAME: Readonly<Record<string, string>> = {
  kubeReserved: "kube_reserved",
  systemReserved: "system_reserved",
  reservedSystemCPUs: "reserved_system_cpus",
  evictionHard: "eviction_hard",
  evictionSoft: "eviction_soft",
  evictionSoftGracePeriod: "eviction_soft_grace_period",
  evictionMaxPodGracePeriod: "eviction_max_pod_grace_period_seconds",
  imageGCHighThresholdPercent: "image_gc_high_threshold_percent",
  imageGCLowThresholdPercent: "image_gc_low_threshold_percent",
  imageMinimumGCAge: "image_minimum_gc_age",
  imageMaximumGCAge: "image_maximum_gc_age",
  cpuManagerPolicy: "cpu_manager_policy",
  cpuCFSQuota: "cpu_cfs_quota",
  topologyManagerPolicy: "topology_manager_policy",
  topologyManagerScope: "topology_manager_scope",
  memoryManagerPolicy: "memory_manager_policy",
  podPidsLimit: "pod_pids_limit",
  registryPullQPS: "registry_qps",
  registryBurst: "registry_burst",
  eventRecordQPS: "event_qps",
  eventBurst: "event_burst",
  kubeAPIQPS: "kube_api_qps",
  kubeAPIBurst: "kube_api_burst",
  serializeImagePulls: "serialize_image_pulls",
  maxParallelImagePulls: "max_parallel_image_pulls",
  containerLogMaxSize: "container_log_max_size",
  containerLogMaxFiles: "container_log_max_files",
  allowedUnsafeSysctls: "allowed_unsafe_sysctls",
  clusterDNS: "cluster_dns",
  shutdownGracePeriod: "shutdown_grace_period",
  shutdownGracePeriodCriticalPods: "shutdown_grace_period_critical_pods",
  featureGates: "feature_gates",
  maxPods: "max_pods",
};

/** Returns the settings of a KubeletConfiguration by the keys of a definition; what has no key is in `extra`. */
export function kubeletSettings(config: Config): Readonly<Record<string, unknown>> {
  const settings: Record<string, unknown> = {};
  const extra: Record<string, unknown> = {};
  for (const [field, value] of config.entries()) {
    const key = SAME[field];
    if (key === undefined) extra[field] = value.value();
    else settings[key] = value.value();
  }
  return Object.keys(extra).length === 0 ? settings : { ...settings, extra };
}
