import { problemsOf, SMALLEST } from "../../../support/definitions";
import { BOTTLEROCKET, OWN_WINDOWS, problemsOfWorkers, WINDOWS } from "../../../support/worker-problems";

describe("settings of the kubelet", () => {
  test("that a system does not have", () => {
    expect(
      problemsOfWorkers(
        `{ name: a, ${BOTTLEROCKET}, kubelet: { feature_gates: { A: true }, serialize_image_pulls: true, extra: { a: 1 } } }`,
        `{ name: b, ${BOTTLEROCKET}, kubelet: { kube_reserved: { pid: "100" } } }`,
        `{ name: c, ${WINDOWS}, kubelet: { max_pods: 20 } }`,
        `{ name: d, ${OWN_WINDOWS}, root_volume: { size_gib: 100 }, kubelet: { pod_pids_limit: 20, image_maximum_gc_age: 1h } }`,
      ),
    ).toEqual([
      `[a].kubelet.feature_gates.A: must be the name of a feature gate, such as InPlacePodVerticalScaling, got "A"`,
      "[a].kubelet.serialize_image_pulls: has no effect here: Bottlerocket has no such setting: take max_parallel_image_pulls",
      `[a].kubelet.extra.a: must be a field of KubeletConfiguration, such as maxOpenFiles, got "a"`,
      "[b].kubelet.kube_reserved.pid: has no effect here: Bottlerocket keeps cpu, memory and ephemeral-storage only",
      "[c].kubelet.max_pods: cannot be said to a managed Windows group, whose kubelet EKS starts by itself: remove it, or take ami_type: CUSTOM and kind: self_managed",
      "[d].kubelet.pod_pids_limit: has no effect here: Windows has no such thing: remove it",
      "[d].kubelet.image_maximum_gc_age: has no effect here: the kubelet takes it from a file only, which EKS's Windows bootstrap writes itself: remove it",
    ]);
  });

  test("that say nothing alone, or against each other", () => {
    expect(
      problemsOfWorkers(
        "{ name: a, kubelet: { eviction_soft: { memory.available: 1Gi }, eviction_soft_grace_period: { nodefs.available: 1m } } }",
        "{ name: b, kubelet: { image_gc_low_threshold_percent: 90 } }",
        "{ name: c, kubelet: { image_gc_high_threshold_percent: 70 } }",
        "{ name: d, kubelet: { image_gc_high_threshold_percent: 70, image_gc_low_threshold_percent: 70 } }",
        "{ name: e, kubelet: { cpu_manager_policy_options: [full-pcpus-only], topology_manager_scope: pod } }",
        "{ name: f, kubelet: { memory_manager_policy: Static } }",
        "{ name: g, kubelet: { reserved_memory: [{ numa_node: 0, limits: { memory: 1Gi } }] } }",
        "{ name: h, kubelet: { max_parallel_image_pulls: 2, serialize_image_pulls: true } }",
        "{ name: i, kubelet: { shutdown_grace_period_critical_pods: 30s } }",
        "{ name: j, kubelet: { shutdown_grace_period: 1m, shutdown_grace_period_critical_pods: 1m30s } }",
        "{ name: k, kubelet: { extra: { maxPods: 20, kind: KubeletConfiguration, registerWithTaints: [] } } }",
      ),
    ).toEqual([
      `[a].kubelet.eviction_soft.memory.available: needs eviction_soft_grace_period."memory.available": without it the kubelet does not start`,
      `[a].kubelet.eviction_soft_grace_period.nodefs.available: has no effect without eviction_soft."nodefs.available": add that, or remove it`,
      "[b].kubelet.image_gc_low_threshold_percent: must be less than image_gc_high_threshold_percent (85, the kubelet's own), got 90",
      "[c].kubelet.image_gc_high_threshold_percent: must be more than image_gc_low_threshold_percent, which the kubelet takes for 80, got 70",
      "[d].kubelet.image_gc_low_threshold_percent: must be less than image_gc_high_threshold_percent (70), got 70",
      "[e].kubelet.cpu_manager_policy_options: has no effect without cpu_manager_policy: static",
      "[e].kubelet.topology_manager_scope: has no effect without a topology_manager_policy other than none",
      "[f].kubelet.memory_manager_policy: Static needs reserved_memory for each NUMA node: without it the kubelet does not start",
      "[g].kubelet.reserved_memory: has no effect without memory_manager_policy: Static",
      "[h].kubelet.max_parallel_image_pulls: must be 1 where serialize_image_pulls is true: the kubelet does not start with both",
      "[i].kubelet.shutdown_grace_period_critical_pods: needs shutdown_grace_period, of which it is the last part",
      "[j].kubelet.shutdown_grace_period_critical_pods: must be at most shutdown_grace_period (1m), got 1m30s",
      "[k].kubelet.extra.maxPods: is kubelet.max_pods: say it there",
      "[k].kubelet.extra.kind: is said already: give the fields beside it",
      "[k].kubelet.extra.registerWithTaints: is what taints says: put them there",
    ]);
  });

  test("that nodes of unknown types need where they would miscount their pods", () => {
    const told = (tfvars: string): string[] =>
      problemsOf({
        "clusters/a.example.com.yaml": `${SMALLEST}    - { name: a, kind: self_managed, instance_types: [m6i.large, m99.large] }
    - { name: b, instance_requirements: { vcpu_count: { min: 2 }, memory_mib: { min: 1024 } } }
    - { name: c, kind: self_managed, instance_types: [m99.large], kubelet: { max_pods: 20 } }
    - { name: d, kind: managed, instance_types: [m99.large] }
  ${tfvars}
`,
      }).filter((problem) => problem.includes("max_pods"));
    const warnings = (what: string, most: string): string[] =>
      [
        "8:66 warning: tfvars.workers[a].instance_types[1]",
        "9:41 warning: tfvars.workers[b].instance_requirements",
      ].map(
        (place) =>
          `clusters/a.example.com.yaml:${place}: leaves open how many pods a node takes, and its own count knows nothing of ${what}: set kubelet.max_pods to what the smallest type takes, ${most}`,
      );
    const apart = "networking: { subnet_tiers: [public, private, intra, pod], secondary_cidr_blocks: [100.64.0.0/16] }";
    const prefixes = "cluster: { vpc_cni: { prefix_delegation: true } }";

    expect(told("cluster: { vpc_cni: { prefix_delegation: false } }")).toEqual([]);
    expect(told(apart)).toEqual(warnings("subnets for pods", "(interfaces - 1) * (addresses of each - 1) + 2"));
    expect(told(prefixes)).toEqual(
      warnings(
        "prefix_delegation",
        "the less of interfaces * (addresses of each - 1) * 16 + 2 and 110 (250 from 30 vCPUs on)",
      ),
    );
    expect(told(`${apart}\n  ${prefixes}`)).toEqual(
      warnings(
        "prefix_delegation",
        "the less of (interfaces - 1) * (addresses of each - 1) * 16 + 2 and 110 (250 from 30 vCPUs on)",
      ),
    );
    expect(told("networking: { ip_family: ipv6 }")).toEqual(warnings("IPv6", "110 (250 from 30 vCPUs on)"));
  });

  test("that Kubernetes does not read", () => {
    expect(
      problemsOfWorkers(
        "{ name: a, kubelet: { kube_reserved: { cpu: half }, eviction_hard: { memory: 1Gi }, image_minimum_gc_age: 2 minutes } }",
        "{ name: b, kubelet: { feature_gates: { inPlace: true, InPlace: 1 }, cluster_dns: [dns.example.com], max_pods: 0 } }",
      ),
    ).toEqual([
      `[a].kubelet.kube_reserved.cpu: must be a Kubernetes quantity, such as 500m or 2Gi, got "half"`,
      `[a].kubelet.eviction_hard.memory: unknown key "memory". Did you mean "memory.available"?`,
      `[a].kubelet.image_minimum_gc_age: must be a duration, such as 30s or 1h30m, got "2 minutes"`,
      `[b].kubelet.feature_gates.inPlace: must be the name of a feature gate, such as InPlacePodVerticalScaling, got "inPlace"`,
      "[b].kubelet.feature_gates.InPlace: must be true or false, got 1",
      `[b].kubelet.cluster_dns[0]: must be an IP address, such as 10.0.0.2, got "dns.example.com"`,
      "[b].kubelet.max_pods: must be at least 1, got 0",
    ]);
  });

  test("with which it does not start", () => {
    expect(
      problemsOfWorkers(
        "{ name: a, instance_types: [m6i.2xlarge, m6i.xlarge], kubelet: { kube_reserved: { cpu: 3500m }, system_reserved: { cpu: '0.5' } } }",
        "{ name: b, instance_types: [m6i.xlarge], kubelet: { system_reserved: { cpu: '4' } } }",
        "{ name: c, instance_types: [m6i.xlarge], kubelet: { kube_reserved: { cpu: 3999m } } }",
        "{ name: d, instance_types: [m6i.metal, c4.8xlarge], kubelet: { kube_reserved: { cpu: '35' } } }",
        "{ name: e, instance_types: [m6i.xlarge], kubelet: { reserved_system_cpus: '0,2-4', kube_reserved: { cpu: '4' } } }",
        "{ name: f, instance_types: [m6i.xlarge], kubelet: { reserved_system_cpus: 0-3 } }",
        "{ name: g, kubelet: { eviction_hard: { memory.available: 101%, nodefs.available: 100% } } }",
        "{ name: h, kubelet: { cpu_manager_policy: static, cpu_manager_policy_options: [full-pcpu-only, strict-cpu-reservation, fast] } }",
        "{ name: i, kubelet: { cpu_manager_policy: static, cpu_manager_policy_options: [align-by-socket] } }",
        "{ name: j, kubelet: { cpu_manager_policy: static, cpu_manager_policy_options: [align-by-socket], feature_gates: { CPUManagerPolicyAlphaOptions: true } } }",
        `{ name: k, ${BOTTLEROCKET}, kubelet: { cpu_manager_policy: static, cpu_manager_policy_options: [align-by-socket] } }`,
      ),
    ).toEqual([
      "[a].kubelet.kube_reserved.cpu: must, with that of system_reserved, be less than the 4 vCPUs of m6i.xlarge, got 4000m: keep less, or take larger types",
      "[b].kubelet.system_reserved.cpu: must be less than the 4 vCPUs of m6i.xlarge, got 4000m: keep less, or take larger types",
      '[e].kubelet.reserved_system_cpus: must be CPUs that every instance type has, and m6i.xlarge has 0-3 only, got "0,2-4": name fewer, or take larger types',
      '[g].kubelet.eviction_hard.memory.available: must be at most 100%, or the kubelet does not start, got "101%"',
      '[h].kubelet.cpu_manager_policy_options[0]: is no option of the CPU manager. Did you mean "full-pcpus-only"?',
      "[h].kubelet.cpu_manager_policy_options[2]: is no option of the CPU manager, which are align-by-socket, distribute-cpus-across-cores, distribute-cpus-across-numa, full-pcpus-only, prefer-align-cpus-by-uncorecache, strict-cpu-reservation",
      "[i].kubelet.cpu_manager_policy_options[0]: align-by-socket is in alpha, and without its feature gate the kubelet does not start: set feature_gates.CPUManagerPolicyAlphaOptions: true, or remove it",
      "[k].kubelet.cpu_manager_policy_options[0]: align-by-socket is in alpha, and Bottlerocket has no setting for its feature gate: remove it",
    ]);
  });
});
