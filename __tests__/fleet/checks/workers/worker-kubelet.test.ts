import { BOTTLEROCKET, OWN_WINDOWS, testGroup, WINDOWS } from "../../../support/worker-problems";

const STATIC = "cpu_manager_policy: static";

describe("support of operating systems", () => {
  testGroup({
    "refuses settings that Bottlerocket does not support": [
      `${BOTTLEROCKET}\nkubelet: { feature_gates: { InPlacePodVerticalScaling: true }, serialize_image_pulls: true, extra: { maxOpenFiles: 5 } }`,
      "kubelet.feature_gates: has no effect because Bottlerocket has no feature gates. Remove it, or use an ami_type of AL2023",
      "kubelet.serialize_image_pulls: has no effect because Bottlerocket does not support it. Remove it, or use max_parallel_image_pulls",
      "kubelet.extra: has no effect because Bottlerocket reads no KubeletConfiguration. Remove it, or use bottlerocket_settings.kubernetes",
    ],
    "reports a setting that Bottlerocket does not support once, beside a value that was refused": [
      `${BOTTLEROCKET}\nkubelet: { serialize_image_pulls: true, max_pods: many }`,
      "kubelet.serialize_image_pulls: has no effect because Bottlerocket does not support it. Remove it, or use max_parallel_image_pulls",
      'kubelet.max_pods: must be a whole number from 1 to 737 or null, got "many"',
    ],
    "refuses reserved processes on Bottlerocket": [
      `${BOTTLEROCKET}\nkubelet: { kube_reserved: { pid: "100" } }`,
      "kubelet.kube_reserved.pid: has no effect because Bottlerocket reserves cpu, memory and ephemeral-storage only. Remove it",
    ],
    "refuses settings of a managed Windows group": [
      `${WINDOWS}\nkubelet: { max_pods: 20 }`,
      "kubelet.max_pods: has no effect because EKS starts the kubelet of a managed Windows group. Remove it, or use ami_type: CUSTOM and kind: self_managed",
    ],
    "refuses settings that Windows does not support": [
      `${OWN_WINDOWS}\nroot_volume: { size_gib: 100 }\nkubelet: { pod_pids_limit: 20, image_maximum_gc_age: 1h }`,
      "kubelet.pod_pids_limit: has no effect because Windows does not support it. Remove it",
      "kubelet.image_maximum_gc_age: has no effect because the kubelet reads it from a file only, and EKS writes that file on Windows. Remove it",
    ],
  });
});

describe("settings that depend on each other", () => {
  testGroup({
    "requires a grace period for each soft eviction, and the opposite": [
      "kubelet: { eviction_soft: { memory.available: 1Gi }, eviction_soft_grace_period: { nodefs.available: 1m } }",
      'kubelet.eviction_soft.memory.available: requires eviction_soft_grace_period."memory.available". Set it, or the kubelet does not start',
      'kubelet.eviction_soft_grace_period.nodefs.available: has no effect because eviction_soft."nodefs.available" is not set. Remove it, or set eviction_soft',
    ],
    "refuses a low threshold above the default high one": [
      "kubelet: { image_gc_low_threshold_percent: 90 }",
      "kubelet.image_gc_low_threshold_percent: must be less than image_gc_high_threshold_percent (85 by default), but is 90",
    ],
    "refuses a high threshold below the default low one": [
      "kubelet: { image_gc_high_threshold_percent: 70 }",
      "kubelet.image_gc_high_threshold_percent: must be more than image_gc_low_threshold_percent (80 by default), but is 70",
    ],
    "refuses equal thresholds": [
      "kubelet: { image_gc_high_threshold_percent: 70, image_gc_low_threshold_percent: 70 }",
      "kubelet.image_gc_low_threshold_percent: must be less than image_gc_high_threshold_percent (70), but is 70",
    ],
    "accepts a low threshold 1 below the high one": [
      "kubelet: { image_gc_high_threshold_percent: 70, image_gc_low_threshold_percent: 69 }",
    ],
    "refuses options of the CPU manager and a topology scope without their policies": [
      "kubelet: { cpu_manager_policy_options: [full-pcpus-only], topology_manager_scope: pod }",
      "kubelet.cpu_manager_policy_options: has no effect because cpu_manager_policy is not static. Remove it, or set cpu_manager_policy: static",
      "kubelet.topology_manager_scope: has no effect because topology_manager_policy is none, its default. Remove it, or set another topology_manager_policy",
    ],
    "requires reserved memory for the Static policy": [
      "kubelet: { memory_manager_policy: Static }",
      "kubelet.memory_manager_policy: Static requires reserved_memory for each NUMA node, or the kubelet does not start",
    ],
    "refuses reserved memory without the Static policy": [
      "kubelet: { reserved_memory: [{ numa_node: 0, limits: { memory: 1Gi } }] }",
      "kubelet.reserved_memory: has no effect because memory_manager_policy is not Static. Remove it, or set memory_manager_policy: Static",
    ],
    "refuses 2 parallel pulls of serialized pulls": [
      "kubelet: { max_parallel_image_pulls: 2, serialize_image_pulls: true }",
      "kubelet.max_parallel_image_pulls: must be 1 because serialize_image_pulls is true, or the kubelet does not start, but is 2",
    ],
    "accepts 1 parallel pull of serialized pulls": [
      "kubelet: { max_parallel_image_pulls: 1, serialize_image_pulls: true }",
    ],
    "requires the grace period that includes the one of critical pods": [
      "kubelet: { shutdown_grace_period_critical_pods: 30s }",
      "kubelet.shutdown_grace_period_critical_pods: requires shutdown_grace_period, which includes it. Set both, or remove it",
    ],
    "accepts equal grace periods": [
      "kubelet: { shutdown_grace_period: 90s, shutdown_grace_period_critical_pods: 1m30s }",
    ],
    "refuses a grace period of critical pods above the whole one": [
      "kubelet: { shutdown_grace_period: 1m, shutdown_grace_period_critical_pods: 1m30s }",
      "kubelet.shutdown_grace_period_critical_pods: must be at most shutdown_grace_period (1m), but is 1m30s",
    ],
    "refuses fields of extra that other keys set": [
      "kubelet: { extra: { maxPods: 20, kind: KubeletConfiguration, registerWithTaints: [] } }",
      "kubelet.extra.maxPods: has its own key. Use kubelet.max_pods",
      "kubelet.extra.kind: is set already. Remove it",
      "kubelet.extra.registerWithTaints: belongs in taints. Move it there",
    ],
  });
});

describe("values that Kubernetes does not read", () => {
  testGroup({
    "refuses wrong quantities, signals and durations": [
      "kubelet: { kube_reserved: { cpu: half }, eviction_hard: { memory: 1Gi }, image_minimum_gc_age: 2 minutes }",
      'kubelet.kube_reserved.cpu: must be a Kubernetes quantity, such as 500m or 2Gi, got "half"',
      'kubelet.eviction_hard.memory: unknown key "memory". Did you mean "memory.available"?',
      'kubelet.image_minimum_gc_age: must be a duration, such as 30s or 1h30m, got "2 minutes"',
    ],
    "refuses wrong feature gates, addresses and pod counts": [
      "kubelet: { feature_gates: { inPlace: true, InPlace: 1 }, cluster_dns: [dns.example.com], max_pods: 0 }",
      'kubelet.feature_gates.inPlace: must be the name of a feature gate, such as InPlacePodVerticalScaling, got "inPlace"',
      "kubelet.feature_gates.InPlace: must be true or false, got 1",
      'kubelet.cluster_dns[0]: must be an IP address, such as 10.0.0.2, got "dns.example.com"',
      "kubelet.max_pods: must be at least 1, got 0",
    ],
    "refuses evictions above 100%": [
      "kubelet: { eviction_hard: { memory.available: 101%, nodefs.available: 100% } }",
      'kubelet.eviction_hard.memory.available: must be at most 100%, or the kubelet does not start, got "101%"',
    ],
  });
});

describe("reserved CPUs", () => {
  testGroup({
    "refuses all vCPUs of the smallest type, of both reserves": [
      "instance_types: [m6i.2xlarge, m6i.xlarge]\nkubelet: { kube_reserved: { cpu: 3500m }, system_reserved: { cpu: '0.5' } }",
      "kubelet.kube_reserved.cpu: must be less than the 4 vCPUs of m6i.xlarge together with system_reserved, but is 4000m. Reserve less, or use larger types",
    ],
    "refuses all vCPUs, of one reserve": [
      "instance_types: [m6i.xlarge]\nkubelet: { system_reserved: { cpu: '4' } }",
      "kubelet.system_reserved.cpu: must be less than the 4 vCPUs of m6i.xlarge, but is 4000m. Reserve less, or use larger types",
    ],
    "accepts 1m less than all vCPUs": ["instance_types: [m6i.xlarge]\nkubelet: { kube_reserved: { cpu: 3999m } }"],
    "accepts one less than the 36 vCPUs of c4.8xlarge": [
      "instance_types: [m6i.metal, c4.8xlarge]\nkubelet: { kube_reserved: { cpu: '35' } }",
    ],
    "refuses a CPU that the smallest type does not have": [
      "instance_types: [m6i.xlarge]\nkubelet: { reserved_system_cpus: '0,2-4', kube_reserved: { cpu: '4' } }",
      'kubelet.reserved_system_cpus: must be CPUs of every instance type, and m6i.xlarge has 0-3 only, but is "0,2-4". List fewer CPUs, or use larger types',
    ],
    "accepts the last CPU of the smallest type": [
      "instance_types: [m6i.xlarge]\nkubelet: { reserved_system_cpus: 1-3 }",
    ],
    "refuses all CPUs of the smallest type": [
      "instance_types: [m6i.xlarge]\nkubelet: { reserved_system_cpus: '0,1-3' }",
      "kubelet.reserved_system_cpus: reserves all 4 vCPUs of m6i.xlarge, so no pod can run. List fewer CPUs, or use larger types",
    ],
  });
});

describe("options of the CPU manager", () => {
  testGroup({
    "refuses options that do not exist": [
      `kubelet: { ${STATIC}, cpu_manager_policy_options: [full-pcpu-only, strict-cpu-reservation, fast] }`,
      'kubelet.cpu_manager_policy_options[0]: is not an option of the CPU manager. Did you mean "full-pcpus-only"?',
      "kubelet.cpu_manager_policy_options[2]: is not an option of the CPU manager (known: align-by-socket, distribute-cpus-across-cores, distribute-cpus-across-numa, full-pcpus-only, prefer-align-cpus-by-uncorecache, strict-cpu-reservation)",
    ],
    "refuses an alpha option without its feature gate": [
      `kubelet: { ${STATIC}, cpu_manager_policy_options: [align-by-socket] }`,
      "kubelet.cpu_manager_policy_options[0]: align-by-socket is an alpha feature, and the kubelet does not start without its feature gate. Set feature_gates.CPUManagerPolicyAlphaOptions: true, or remove it",
    ],
    "accepts an alpha option with its feature gate": [
      `kubelet: { ${STATIC}, cpu_manager_policy_options: [align-by-socket], feature_gates: { CPUManagerPolicyAlphaOptions: true } }`,
    ],
    "refuses an alpha option on Bottlerocket": [
      `${BOTTLEROCKET}\nkubelet: { ${STATIC}, cpu_manager_policy_options: [align-by-socket] }`,
      "kubelet.cpu_manager_policy_options[0]: align-by-socket is an alpha feature, and Bottlerocket has no feature gates. Remove it",
    ],
  });
});
