import { z } from "zod";
import { quantity } from "../../../language/words/kubernetes";
import { ipAddress } from "../../../language/words/network";
import { duration } from "../../../language/words/schedules";
import { text } from "../../../language/words/text";

const RESOURCES = ["cpu", "memory", "ephemeral-storage", "pid"] as const;
const SIGNALS = [
  "memory.available",
  "nodefs.available",
  "nodefs.inodesFree",
  "imagefs.available",
  "imagefs.inodesFree",
  "containerfs.available",
  "containerfs.inodesFree",
  "pid.available",
] as const;

const threshold = text(
  /^\d+(?:\.\d+)?(?:%|[kMGTPE]|[KMGTPE]i)?$/,
  "a share such as 10%, or a quantity such as 500Mi",
).refine(
  (value) => !value.endsWith("%") || Number(value.slice(0, -1)) <= 100,
  "must be at most 100%, or the kubelet does not start",
);
const percent = z.int().min(0).max(100);
const count = z.int().min(0).max(1_000_000);

const evictions = z.partialRecord(z.enum(SIGNALS), threshold);
const reserved = z.partialRecord(z.enum(RESOURCES), quantity);

/** Returns a setting whose null uses the image's default. */
function orImage<T extends z.ZodType>(schema: T, description: string) {
  return schema.nullable().describe(`${description} null uses the image's default.`);
}

const reservedMemory = z.strictObject({
  numa_node: z.int().min(0).max(63).describe("Number of the NUMA node."),
  limits: z
    .record(text(/^(?:memory|hugepages-[0-9]+(?:Ki|Mi|Gi))$/, "memory, or hugepages- and a size"), quantity)
    .describe("Kind of memory -> quantity that is kept from pods."),
});

/** How the kubelet runs a node. */
export const kubelet = z
  .strictObject({
    max_pods: z
      .int()
      .min(1)
      .max(737)
      .nullable()
      .describe(
        "Maximum number of pods on a node, which the addresses of the instance type also limit. null leaves it to EKS or the image. With pod subnets, prefix_delegation or ip_family ipv6, the limit is calculated from instance_types for nodes that do not get it from EKS.",
      ),
    kube_reserved: reserved.describe("Kept for the kubelet and the container runtime: resource -> quantity."),
    system_reserved: reserved.describe("Kept for the operating system: resource -> quantity."),
    reserved_system_cpus: orImage(
      text(/^\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$/, "numbers of CPUs", "0-1,4"),
      "CPUs that no pod gets.",
    ),
    eviction_hard: evictions.describe("Signal -> threshold at which pods are evicted at once."),
    eviction_soft: evictions.describe(
      "Signal -> threshold at which pods are evicted after eviction_soft_grace_period.",
    ),
    eviction_soft_grace_period: z
      .partialRecord(z.enum(SIGNALS), duration)
      .describe("Signal -> how long its threshold of eviction_soft must be passed."),
    eviction_max_pod_grace_period_seconds: orImage(
      count,
      "Maximum seconds that a softly evicted pod has to terminate.",
    ),
    image_gc_high_threshold_percent: orImage(percent, "Disk usage in percent above which unused images are removed."),
    image_gc_low_threshold_percent: orImage(percent, "Disk usage in percent down to which unused images are removed."),
    image_minimum_gc_age: orImage(duration, "Age below which no unused image is removed."),
    image_maximum_gc_age: orImage(duration, "Age from which an unused image is removed."),
    cpu_manager_policy: orImage(z.enum(["none", "static"]), "static gives Guaranteed pods exclusive CPUs."),
    cpu_manager_policy_options: z
      .array(text(/^[a-z][a-z-]+$/, "an option of the CPU manager", "full-pcpus-only"))
      .max(10)
      .describe("Options of the static policy that are switched on."),
    cpu_cfs_quota: orImage(z.boolean(), "Enforces the CPU limits of containers."),
    topology_manager_policy: orImage(
      z.enum(["none", "best-effort", "restricted", "single-numa-node"]),
      "How CPUs, memory and devices of one pod are kept on one NUMA node.",
    ),
    topology_manager_scope: orImage(
      z.enum(["container", "pod"]),
      "Scope of the topology manager: each container, or whole pods.",
    ),
    memory_manager_policy: orImage(
      z.enum(["None", "Static"]),
      "Static keeps a pod's memory on its NUMA nodes. Requires reserved_memory.",
    ),
    reserved_memory: z.array(reservedMemory).max(64).describe("Memory of each NUMA node that pods do not get."),
    pod_pids_limit: orImage(z.int().min(-1).max(4_194_304), "Maximum number of processes in a pod; -1 for no limit."),
    registry_qps: orImage(count, "Image pulls a second; 0 is no limit."),
    registry_burst: orImage(count, "Burst of image pulls."),
    event_qps: orImage(count, "Events written a second; 0 is no limit."),
    event_burst: orImage(count, "Burst of events."),
    kube_api_qps: orImage(count, "Calls to the Kubernetes API a second."),
    kube_api_burst: orImage(count, "Burst of calls."),
    serialize_image_pulls: orImage(z.boolean(), "Pulls one image after the other."),
    max_parallel_image_pulls: orImage(
      z.int().min(1).max(100),
      "Maximum number of images that are pulled at once. Requires serialize_image_pulls: false.",
    ),
    container_log_max_size: orImage(quantity, "Size at which a container's log starts a new file."),
    container_log_max_files: orImage(z.int().min(2).max(100), "Files kept of a container's log."),
    allowed_unsafe_sysctls: z
      .array(
        text(
          /^(?:kernel\.sem|(?:kernel\.(?:shm|msg)|fs\.mqueue\.|net\.)[\w.-]*\*?)$/,
          "a sysctl that each pod has, or several: kernel.sem, kernel.shm*, kernel.msg*, fs.mqueue.* or net.*",
          "net.core.*",
        ),
      )
      .max(100)
      .describe("Sysctls that pods may set although they can harm their node."),
    cluster_dns: z.array(ipAddress).max(3).describe("DNS servers of pods; empty for the cluster's own Service."),
    shutdown_grace_period: orImage(duration, "Time that a node waits for its pods when it shuts down."),
    shutdown_grace_period_critical_pods: orImage(
      duration,
      "The last part of shutdown_grace_period, for critical pods.",
    ),
    feature_gates: z
      .record(text(/^[A-Z][A-Za-z0-9]+$/, "the name of a feature gate", "InPlacePodVerticalScaling"), z.boolean())
      .describe(
        "Feature gates of Kubernetes, alpha or beta -> on or off. AWS supports no node that runs an alpha feature.",
      ),
    extra: z
      .record(text(/^[a-z][A-Za-z0-9]+$/, "a field of KubeletConfiguration", "maxOpenFiles"), z.json())
      .describe("Further fields of KubeletConfiguration (kubelet.config.k8s.io/v1beta1) as they are; AL2023 only."),
  })
  .describe(
    "Settings of the kubelet, translated for each operating system. A setting that the operating system does not support is refused.",
  );
