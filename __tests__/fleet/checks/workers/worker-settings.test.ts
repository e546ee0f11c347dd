import { problemsOf, SMALLEST } from "../../../support/definitions";

const GENERAL = "tfvars.workers[general]";

/** What is said of one group with these lines, without the places; a group that is always there keeps the cluster alive. */
function said(lines: string): string[] {
  const yaml = `${SMALLEST}${lines.replaceAll(/^(?=.)/gm, "      ")}\n    - name: other\n`;
  return problemsOf({ "clusters/a.example.com.yaml": yaml }).map((line) =>
    line.replace(/^\S+ /, "").replace(`${GENERAL}.`, ""),
  );
}

describe("how a group is bought", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "a managed setting of a self-managed group",
      "kind: self_managed\nforce_update_version: true",
      [
        "force_update_version: needs an EKS managed group: remove it, or set kind: managed (or auto) instead of self_managed",
      ],
    ],
    [
      "settings of two kinds",
      "spot_price: 0.1\nmax_unavailable: 2\nnode_repair: {}",
      [
        "warning: spot_price: is self-managed and buys spot instances, and nothing drains them before they are taken: set aws_node_termination_handler_enabled: true under addons",
        "max_unavailable: needs an EKS managed group, and spot_price makes this one self-managed: remove one of them",
        "node_repair: needs an EKS managed group, and spot_price makes this one self-managed: remove one of them",
      ],
    ],
    [
      "a self-managed setting of a managed group",
      "kind: managed\nenabled_metrics: [GroupMaxSize]",
      [
        "enabled_metrics: needs an Auto Scaling group of our own: remove it, or set kind: self_managed (or auto) instead of managed",
      ],
    ],
    [
      "a strategy that EKS does not take",
      "capacity_type: SPOT\nspot_allocation_strategy: lowest-price",
      [
        "spot_allocation_strategy: has no effect on a managed group, for which EKS takes price-capacity-optimized, got lowest-price: remove it, or set kind: self_managed",
      ],
    ],
    [
      "weights",
      "instance_types: [m6i.large, m6i.xlarge]\ninstance_weights: { m6i.large: 1, m5.large: 2 }",
      [
        "instance_weights: needs autoscaling: false: cluster-autoscaler counts every instance as one",
        "instance_weights: must have a weight for every type, because Auto Scaling takes all or none: add m6i.xlarge",
        "instance_weights.m5.large: is not one of instance_types (m6i.large, m6i.xlarge): remove it",
      ],
    ],
    [
      "a reservation by two keys, for spot",
      "capacity_type: SPOT\ncapacity_reservation: { preference: open, id: cr-0123456789abcdef0 }",
      [
        "capacity_reservation: must have one of preference, id, resource_group_arn, got preference and id",
        "capacity_reservation: has no effect on spot instances: remove it, or set capacity_type: ON_DEMAND without a spot_price",
      ],
    ],
    [
      "a reservation by none",
      "capacity_reservation: {}",
      ["capacity_reservation: must have one of preference, id, resource_group_arn, got none"],
    ],
    [
      "a block of nothing",
      "capacity_type: CAPACITY_BLOCK\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [p5.48xlarge, p5e.48xlarge]",
      [
        "capacity_type: CAPACITY_BLOCK needs the block's id: set capacity_reservation: { id: cr-... }",
        "instance_types: must be one type, because a block of capacity is of one, got p5.48xlarge, p5e.48xlarge",
        "availability_zones: must be the one zone of the block of capacity, got all zones (for cluster a.example.com)",
      ],
    ],
    [
      "a block in a mix, in a group of our own",
      "kind: self_managed\ncapacity_type: CAPACITY_BLOCK\ncapacity_reservation: { id: cr-0123456789abcdef0 }\navailability_zones: [us-east-1a]\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [p5.48xlarge]\non_demand_base_capacity: 1",
      [
        "on_demand_base_capacity: cannot be with capacity_type CAPACITY_BLOCK, whose instances are all of one block: remove one of them",
      ],
    ],
    [
      "a block of types without accelerators",
      "capacity_type: CAPACITY_BLOCK\ncapacity_reservation: { id: cr-0123456789abcdef0 }\navailability_zones: [us-east-1a]\ninstance_types: [m6i.large]",
      [
        "instance_types[0]: m6i.large is in no block of capacity, which EC2 sells of P and Trn types: take the block's type, or another capacity_type",
      ],
    ],
    [
      "a block of types with other accelerators",
      "capacity_type: CAPACITY_BLOCK\ncapacity_reservation: { id: cr-0123456789abcdef0 }\navailability_zones: [us-east-1a]\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [g6e.48xlarge]",
      [
        "warning: instance_types[0]: g6e.48xlarge is in no block of capacity, which EC2 sells of P and Trn types: take the block's type, or another capacity_type",
      ],
    ],
    [
      "reservations of another region",
      "capacity_reservation: { resource_group_arn: 'arn:aws:resource-groups:eu-west-1:111111111111:group/gpu' }",
      [
        "capacity_reservation.resource_group_arn: is a group of reservations in eu-west-1, and the nodes run in us-east-1: name one of that region",
      ],
    ],
    [
      "a bid for a block",
      "kind: self_managed\nspot_price: 0.1\ncapacity_type: CAPACITY_BLOCK\ncapacity_reservation: { id: cr-0123456789abcdef0 }\navailability_zones: [us-east-1a]\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [p5.48xlarge]",
      [
        "spot_price: cannot be with capacity_type CAPACITY_BLOCK, whose instances are all of one block: remove one of them",
        "warning: spot_price: is self-managed and buys spot instances, and nothing drains them before they are taken: set aws_node_termination_handler_enabled: true under addons",
      ],
    ],
    [
      "a way to pick spot instances that are not bought",
      "kind: self_managed\nspot_allocation_strategy: lowest-price\nspot_instance_pools: 3\non_demand_base_capacity: 1",
      [
        "spot_allocation_strategy: has no effect on a group that buys no spot instances: remove it, or set capacity_type: SPOT",
        "spot_instance_pools: has no effect on a group that buys no spot instances: remove it, or set capacity_type: SPOT",
        "on_demand_base_capacity: has no effect on a group that is all on-demand: remove it, or set capacity_type: SPOT",
      ],
    ],
    [
      "pools of another strategy, and half of the nodes undrained",
      "on_demand_percentage_above_base_capacity: 50\nspot_instance_pools: 3",
      [
        "warning: on_demand_percentage_above_base_capacity: is self-managed and buys spot instances, and nothing drains them before they are taken: set aws_node_termination_handler_enabled: true under addons",
        "spot_instance_pools: has no effect with spot_allocation_strategy price-capacity-optimized, which chooses pools by itself: remove it, or take lowest-price",
      ],
    ],
    [
      "spot that is all on-demand",
      "capacity_type: SPOT\non_demand_percentage_above_base_capacity: 100",
      [
        "on_demand_percentage_above_base_capacity: leaves no spot instances, which capacity_type or spot_price asks for: lower it, or buy on-demand",
      ],
    ],
    [
      "one reservation for two types, anywhere",
      "capacity_reservation: { id: cr-0123456789abcdef0 }\ninstance_types: [m6i.large, m5.large]",
      [
        "capacity_reservation.id: is one reservation, which is of one instance type, and the group takes several: name that type in instance_types, or a resource_group_arn of reservations",
        "warning: capacity_reservation.id: is one reservation, which lies in one zone, and in the others no instance starts: name its zone in availability_zones",
      ],
    ],
    [
      "credits of other types",
      "instance_types: [t3.large, m6i.large]\ncpu_credits: standard",
      [
        "cpu_credits: is for T types only, and EC2 starts no other with it: remove it, or take m6i.large out of instance_types",
      ],
    ],
    [
      "hosts that are not asked for",
      "host_resource_group_arn: arn:aws:resource-groups:us-east-1:111111111111:group/hosts",
      ["host_resource_group_arn: has no effect with tenancy default: set tenancy: host, or remove it"],
    ],
    [
      "spot on a host",
      "tenancy: host\nspot_price: 0.1",
      [
        "tenancy: is not for spot instances: take dedicated, or capacity_type: ON_DEMAND without a spot_price",
        "warning: spot_price: is self-managed and buys spot instances, and nothing drains them before they are taken: set aws_node_termination_handler_enabled: true under addons",
      ],
    ],
  ])("%s", (_what, lines, problems) => {
    expect(said(lines)).toEqual(problems);
  });
});

describe("what instances must be", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "nothing less than vCPUs and memory",
      "{}",
      [
        "instance_requirements.memory_mib: is required: must be a map of keys",
        "instance_requirements.vcpu_count: is required: must be a map of keys",
      ],
    ],
    [
      "a range out of order",
      "{ vcpu_count: { min: 8, max: 4 }, memory_mib: { min: 1 } }",
      ["instance_requirements.vcpu_count.max: must be at least min (8), got 4"],
    ],
    [
      "types beside them",
      "{ vcpu_count: { min: 1 }, memory_mib: { min: 1 } }\ninstance_types: [m5.large]",
      ["instance_types: has no effect beside instance_requirements, which choose the types: remove one of them"],
    ],
    [
      "two lists of types",
      "{ vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [m5.*], excluded_instance_types: [t2.*] }",
      ["instance_requirements.allowed_instance_types: excludes excluded_instance_types, which is there too: keep one"],
    ],
    [
      "a CPU that does not run the image",
      "{ vcpu_count: { min: 1 }, memory_mib: { min: 1 }, cpu_manufacturers: [amd, amazon-web-services] }",
      [
        "instance_requirements.cpu_manufacturers[1]: amazon-web-services makes no x86_64 CPU, and ami_type AL2023_x86_64_STANDARD runs on no other: remove it, or take another ami_type",
      ],
    ],
    [
      "types of the other architecture",
      "{ vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [m6g.*] }",
      [
        "instance_requirements.allowed_instance_types: leaves no type to take, because ami_type AL2023_x86_64_STANDARD is x86_64: change one of them",
      ],
    ],
    [
      "T types, which nobody let in",
      "{ vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: ['t3.*'] }",
      [
        "instance_requirements.allowed_instance_types: leaves no type to take, because burstable_performance is excluded: change one of them",
      ],
    ],
    [
      "types of which each is left out by another key",
      "{ vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [m6i.metal, m6g.large] }",
      [
        "instance_requirements.allowed_instance_types: leaves no type to take, because ami_type AL2023_x86_64_STANDARD is x86_64 and bare_metal is excluded: change one of them",
      ],
    ],
    [
      "bare metal among sizes",
      "{ vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [m6i.large], bare_metal: required }",
      [
        "instance_requirements.allowed_instance_types: leaves no type to take, because bare_metal is required: change one of them",
      ],
    ],
    [
      "T types that are let in",
      "{ vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [t3.*], burstable_performance: included }",
      [],
    ],
    [
      "types newer than the list",
      "{ vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [m99g.*, t3.*] }",
      [],
    ],
    [
      "one type that fits",
      "{ vcpu_count: { min: 1 }, memory_mib: { min: 1 }, allowed_instance_types: [t3.*, m6g.*, m6i.large] }",
      [],
    ],
    [
      "bare metal that bursts",
      "{ vcpu_count: { min: 1 }, memory_mib: { min: 1 }, bare_metal: required, burstable_performance: required }",
      [
        "instance_requirements.bare_metal: excludes burstable_performance: required, because no T type is bare metal: remove one of them",
      ],
    ],
    [
      "accelerators, and none",
      "{ vcpu_count: { min: 1 }, memory_mib: { min: 1 }, accelerator_names: [a100], accelerator_types: [gpu], accelerator_count: { max: 0 } }",
      [
        "instance_requirements.accelerator_names: asks for accelerators, and accelerator_count.max: 0 leaves out every type that has one: remove one",
        "instance_requirements.accelerator_types: asks for accelerators, and accelerator_count.max: 0 leaves out every type that has one: remove one",
      ],
    ],
  ])("%s", (_what, value, problems) => {
    expect(said(`instance_requirements: ${value}`)).toEqual(problems);
  });

  test("an order that there is not", () => {
    expect(
      said(
        "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 } }\non_demand_allocation_strategy: prioritized",
      ),
    ).toEqual([
      "on_demand_allocation_strategy: goes by the order of instance_types, which instance_requirements do not have: take lowest-price",
    ]);
  });
});

describe("where instances start", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "a group by nothing",
      "placement_group: {}",
      [
        "placement_group: must have one of existing_name (a group that exists) and strategy (one that is made), got none",
      ],
    ],
    [
      "a group by both",
      "placement_group: { existing_name: near, strategy: spread }\nmax_size: 21",
      [
        "placement_group: must have one of existing_name (a group that exists) and strategy (one that is made), got both",
      ],
    ],
    [
      "keys of other strategies",
      "placement_group: { strategy: spread, partition_count: 2 }",
      ["placement_group.partition_count: is for strategy partition only: remove it, or set strategy: partition"],
    ],
    [
      "a cluster in all zones, of T types",
      "placement_group: { strategy: cluster }\ninstance_types: [t3.large]",
      [
        "placement_group.strategy: cluster lies in one zone: name one zone in availability_zones, or set per_zone: true for a group in each",
        "placement_group.strategy: cluster takes no T types: take t3.large out of instance_types, or another strategy",
      ],
    ],
    [
      "more than racks",
      "placement_group: { strategy: spread }\nmax_size: 22",
      ["max_size: must be at most 21, because a spread group has 7 instances in each of its zones, got 22"],
    ],
    [
      "a group on Dedicated Hosts",
      "placement_group: { existing_name: near }\ntenancy: host",
      [
        "placement_group: cannot be with tenancy host: EC2 puts no Dedicated Host into a placement group. Remove one of them",
      ],
    ],
    [
      "dedicated instances on racks of their own",
      "placement_group: { strategy: spread }\ntenancy: dedicated",
      ["placement_group.strategy: spread takes no dedicated instances: remove tenancy, or take another strategy"],
    ],
    [
      "dedicated instances in many partitions",
      "placement_group: { strategy: partition, partition_count: 3 }\ntenancy: dedicated",
      ["placement_group.partition_count: must be at most 2 for dedicated instances, got 3"],
    ],
    [
      "dedicated instances in two partitions",
      "placement_group: { strategy: partition, partition_count: 2 }\ntenancy: dedicated",
      [],
    ],
    [
      "hosts of no Outpost",
      "placement_group: { strategy: spread, spread_level: host }",
      [
        "placement_group.spread_level: host is for subnets of an Outpost, which only existing_vpc.subnet_ids name: take rack, which holds by default",
      ],
    ],
    [
      "the fabric, anywhere",
      "efa_interface_count: 1\ninstance_types: [m6i.large]",
      [
        "efa_interface_count: needs instances close together: set placement_group: { strategy: cluster }, or the existing_name of one",
        "efa_interface_count: needs one zone, which the fabric does not leave: name one in availability_zones, or set per_zone: true",
        "efa_interface_count: m6i.large has no adapter: remove it, or take a type that has",
      ],
    ],
    [
      "the fabric, in a placement group beside a block of capacity",
      "efa_interface_count: 1\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [p5.48xlarge]\ncapacity_type: CAPACITY_BLOCK\ncapacity_reservation: { id: cr-0123456789abcdef0 }\navailability_zones: [us-east-1a]\nplacement_group: { strategy: cluster }",
      [
        "placement_group: cannot be with CAPACITY_BLOCK, whose instances are close together already, and which lies in no placement group: remove it",
      ],
    ],
    [
      "the fabric, where the capacity was reserved",
      "efa_interface_count: 1\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [p5.48xlarge]\ncapacity_type: CAPACITY_BLOCK\ncapacity_reservation: { id: cr-0123456789abcdef0 }\navailability_zones: [us-east-1a]",
      [],
    ],
    [
      "more adapters than cards",
      "efa_interface_count: 8\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [p4d.24xlarge]\nplacement_group: { strategy: cluster }\nper_zone: true",
      ["efa_interface_count: must be at most 4, the adapters of p4d.24xlarge, got 8"],
    ],
  ])("%s", (_what, lines, problems) => {
    expect(said(lines)).toEqual(problems);
  });
});

describe("how nodes are replaced", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "a refresh that cannot be",
      "instance_refresh: { min_healthy_percentage: 50, max_healthy_percentage: 200, checkpoint_percentages: [50, 20] }",
      [
        "instance_refresh.max_healthy_percentage: must be at most 100 above the least healthy (50), got 200",
        "instance_refresh.checkpoint_percentages: must each be above the one before, got 50, 20",
        "instance_refresh.checkpoint_percentages: must end with 100, or the refresh ends before the last nodes, got 50, 20",
      ],
    ],
    [
      "pauses nowhere",
      "instance_refresh: { checkpoint_delay_seconds: 60 }",
      [
        "instance_refresh.checkpoint_delay_seconds: has no effect without checkpoint_percentages: add them, or remove it",
      ],
    ],
    [
      "thresholds of two kinds, and a reason twice",
      `node_repair:
  max_parallel_nodes_repaired_count: 1
  max_parallel_nodes_repaired_percentage: 10
  overrides:
    - &same { node_monitoring_condition: A, node_unhealthy_reason: B, min_repair_wait_time_mins: 1, repair_action: Reboot }
    - { node_monitoring_condition: A, node_unhealthy_reason: B, min_repair_wait_time_mins: 9, repair_action: Replace }`.replace(
        "&same ",
        "",
      ),
      [
        "node_repair.max_parallel_nodes_repaired_count: excludes max_parallel_nodes_repaired_percentage, which is there too: keep one",
        "warning: node_repair.overrides: has no effect without the addon eks_node_monitoring_agent, which sets these conditions: set eks_node_monitoring_agent_enabled: true under addons, or remove it",
        "node_repair.overrides[1]: is the second override for A/B: keep one",
      ],
    ],
    [
      "repair of what EKS does not watch",
      "node_repair: {}\nami_type: WINDOWS_CORE_2022_x86_64\nroot_volume: { size_gib: 50 }\ntaints: [{ key: os, value: windows, effect: NoSchedule }]",
      ["node_repair: has no effect on nodes of WINDOWS_CORE_2022_x86_64: EKS repairs nodes of Linux only. Remove it"],
    ],
    [
      "a warm pool of a mix",
      "warm_pool: { pool_state: Stopped, min_size: 9, reuse_on_scale_in: true }\nspot_price: 0.1\ninstance_types: [m6i.large, m5.large]",
      [
        "warm_pool: cannot be with spot instances, because Auto Scaling prepares on-demand instances of one type only: remove one of them",
        "warm_pool: cannot be with 2 instance_types, because Auto Scaling prepares on-demand instances of one type only: remove one of them",
        "warm_pool.min_size: must be at most max_size (3), got 9",
        "warning: spot_price: is self-managed and buys spot instances, and nothing drains them before they are taken: set aws_node_termination_handler_enabled: true under addons",
      ],
    ],
    [
      "processes that are needed",
      "suspended_processes: [Launch, HealthCheck, HealthCheck]",
      [
        "suspended_processes[0]: Launch is what cluster-autoscaler resizes the group by: remove it, or set autoscaling: false",
        "suspended_processes[2]: names HealthCheck twice: name each process once",
      ],
    ],
  ])("%s", (_what, lines, problems) => {
    expect(said(lines)).toEqual(problems);
  });
});

describe("sizes by the clock", () => {
  const action = (rest: string, name = "night") =>
    `{ name: ${name}, recurrence: "0 20 * * *", time_zone: Europe/Berlin${rest} }`;

  test.each<[string, string, readonly string[]]>([
    ["none", action(""), ["scheduled_scaling[night]: changes nothing: set min_size, max_size or desired_size"]],
    [
      "the autoscaler's",
      action(", desired_size: 0"),
      [
        "scheduled_scaling[night].desired_size: belongs to cluster-autoscaler while autoscaling is true, got 0: set min_size, or autoscaling: false",
      ],
    ],
    [
      "out of order",
      action(", min_size: 4"),
      [
        "scheduled_scaling[night].min_size: leaves at least 4 nodes and at most 3: raise the maximum, or lower the minimum",
      ],
    ],
    [
      "at no time, nowhere",
      `{ name: night, recurrence: "0 25 * * *", time_zone: Europe/Atlantis, min_size: 0 }`,
      [
        'scheduled_scaling[night].recurrence: must be five fields of cron, each in its range, such as 30 2 * * *, got "0 25 * * *"',
        'scheduled_scaling[night].time_zone: must be an IANA time zone, such as Europe/Berlin or Etc/UTC, got "Europe/Atlantis"',
      ],
    ],
    [
      "at the time of another",
      `${action(", max_size: 5")}, ${action(", min_size: 0", "again")}`,
      [
        "scheduled_scaling[again].recurrence: is the time of night too, and Auto Scaling takes one action of a group at a time: say all sizes in one, or choose another time",
      ],
    ],
    [
      "at the time of another elsewhere",
      `${action(", max_size: 5")}, ${action(", min_size: 0", "again").replace("Berlin", "Lisbon")}`,
      [],
    ],
  ])("%s", (_what, text, problems) => {
    expect(said(`scheduled_scaling: [${text}]`)).toEqual(problems);
  });
});

describe("a group in each zone", () => {
  test("a name that is too long for it", () => {
    const name = "a".repeat(30);
    expect(
      problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}    - name: ${name}\n      per_zone: true\n` }),
    ).toEqual([
      `clusters/a.example.com.yaml:9:17 tfvars.workers[${name}].per_zone: needs a name of at most 29 characters, because each group's ends with its zone, as in ${name}-a: shorten ${name}`,
    ]);
  });

  test("a name that is taken", () => {
    expect(
      problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}      per_zone: true\n    - name: general-b\n` }),
    ).toEqual([
      "clusters/a.example.com.yaml:8:17 tfvars.workers[general].per_zone: makes a group general-b, and there is another of that name: rename one, or name zones whose last letters differ",
    ]);
  });
});

describe("who looks after a group", () => {
  const HOOK = "transition: launching, heartbeat_timeout_seconds: 60, default_result: CONTINUE";
  test.each<[string, string, readonly string[]]>([
    [
      "load balancers that it is not behind",
      "health_check_type: ELB",
      [
        "health_check_type: asks load balancers, and the group is behind none: set target_group_arns or classic_load_balancers",
      ],
    ],
    [
      "a share that is too far from the other",
      "instance_maintenance_policy: { min_healthy_percentage: 50, max_healthy_percentage: 200 }",
      ["instance_maintenance_policy.max_healthy_percentage: must be at most 100 above the least healthy (50), got 200"],
    ],
    [
      "hooks that tell nobody, or twice",
      `lifecycle_hooks:\n  - { name: a, ${HOOK}, notification_metadata: x }\n  - { name: b, ${HOOK}, notification_target_arn: "arn:aws:sns:us-east-1:111111111111:t" }\n  - { name: c, ${HOOK}, role_arn: "arn:aws:iam::111111111111:role/r" }`,
      [
        "lifecycle_hooks[a].notification_metadata: goes with what notification_target_arn is told, and there is none: add that, or remove it",
        "lifecycle_hooks[b].notification_target_arn: needs role_arn: Auto Scaling tells a topic or a queue by a role",
        "lifecycle_hooks[c].role_arn: needs notification_target_arn: Auto Scaling tells a topic or a queue by a role",
      ],
    ],
    [
      "tags that other keys make",
      'group_tags:\n  k8s.io/cluster-autoscaler/node-template/label/a: b\n  k8s.io/cluster-autoscaler/enabled: "false"\n  kubernetes.io/cluster/x: owned\n  Owner: us\n  k8s.io/cluster-autoscaler/node-template/autoscaling-options/scaledownunneededtime: 10m0s',
      [
        "group_tags.k8s.io/cluster-autoscaler/node-template/label/a: is what labels and taints say: put it there",
        "group_tags.k8s.io/cluster-autoscaler/enabled: is what autoscaling says: remove it",
        "group_tags.kubernetes.io/cluster/x: tells controllers whose the group is: remove it",
        "group_tags.Owner: is a tag of ours, on everything the cluster has: name yours otherwise",
      ],
    ],
    [
      "what is in another region",
      `target_group_arns: ["arn:aws:elasticloadbalancing:us-west-2:111111111111:targetgroup/a/0123456789abcdef"]\nlifecycle_hooks: [{ name: a, ${HOOK}, role_arn: "arn:aws:iam::111111111111:role/r", notification_target_arn: "arn:aws:sns:eu-west-1:111111111111:t" }]`,
      [
        "target_group_arns[0]: is of us-west-2, and the group runs in us-east-1: name one of that region",
        "lifecycle_hooks[a].notification_target_arn: is of eu-west-1, and the group runs in us-east-1: name one of that region",
      ],
    ],
    [
      "the same, twice",
      "key_name: ops\nremote_access: { cidrs: [10.0.0.0/8, 10.0.0.0/8] }\nkind: self_managed\nenabled_metrics: [GroupMinSize, GroupMinSize]",
      [
        "remote_access.cidrs[1]: names 10.0.0.0/8 twice: name each once",
        "enabled_metrics[1]: names GroupMinSize twice: name each once",
      ],
    ],
    [
      "a public address for many adapters",
      "subnet_tier: public\nassociate_public_ip_address: true\nefa_interface_count: 4\nplacement_group: { strategy: cluster }\navailability_zones: [us-east-1a]\ninstance_types: [p4d.24xlarge]\nami_type: AL2023_x86_64_NVIDIA\nkubelet: { max_pods: 4 }\nmax_size: 1",
      [
        "associate_public_ip_address: is for instances of one interface, and efa_interface_count makes several: remove one of them",
      ],
    ],
    [
      "one role in each zone",
      "kind: self_managed\nper_zone: true\niam_role_arn: arn:aws:iam::111111111111:role/nodes",
      [
        "iam_role_arn: is the role of a self-managed group in each zone, and the cluster lets a role in once, for one of them: make a group by name for each zone, each with a role, or let roles be made",
      ],
    ],
    [
      "a key that Windows does not take",
      "ami_type: WINDOWS_CORE_2022_x86_64\nroot_volume: { size_gib: 100 }\ntaints: [{ key: os, value: windows, effect: NoSchedule }]\npublic_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample",
      ["public_key: is of a kind that EC2 does not take for Windows, whose password it encrypts: take one of ssh-rsa"],
    ],
    [
      "the kubelet, twice",
      "kubelet: { max_pods: 20 }\nnode_config: { kubelet: { config: { maxPods: 30 } } }",
      ["kubelet.max_pods: has no effect beside node_config.kubelet.config.maxPods, which is said last: keep one"],
    ],
    [
      "processors that encrypt no memory",
      "cpu_options: { amd_sev_snp: enabled }\ninstance_types: [m6a.large, m6i.large]",
      [
        "instance_types[1]: m6i.large knows no SEV-SNP, for which cpu_options.amd_sev_snp is: take an AMD type, such as m6a.large, or remove it",
      ],
    ],
    [
      "the pace of updates, twice",
      "max_unavailable: 1\nmax_unavailable_percentage: 50",
      ["max_unavailable_percentage: has no effect beside max_unavailable, which takes its place: keep one"],
    ],
    [
      "the pace of a refresh, twice",
      "instance_refresh: { min_healthy_percentage: 90 }\nmax_unavailable_percentage: 50",
      [
        "max_unavailable_percentage: has no effect beside instance_refresh.min_healthy_percentage, which takes its place: keep one",
      ],
    ],
  ])("%s", (_what, lines, problems) => {
    expect(said(lines)).toEqual(problems);
  });

  test("the hook that drains, by its name", () => {
    const group = `      spot_price: 0.1\n      lifecycle_hooks: [{ name: drain, ${HOOK} }]\n`;
    const addons = "  addons: { aws_node_termination_handler_enabled: true }\n";

    expect(problemsOf({ "clusters/a.example.com.yaml": `${SMALLEST}${group}${addons}` })).toEqual([
      "clusters/a.example.com.yaml:9:33 tfvars.workers[general].lifecycle_hooks[drain].name: is the hook by which aws_node_termination_handler drains: take another name",
    ]);
  });

  test("nothing that the file's worker_defaults say for its other groups", () => {
    const yaml = `${SMALLEST.replace("  workers:\n    - name: general\n", "")}  worker_defaults:
    instance_types: [m6i.large]
    spot_allocation_strategy: capacity-optimized
    max_unavailable_percentage: 20
  workers:
    - name: fixed
      max_unavailable: 1
    - name: own
      kind: self_managed
      capacity_type: SPOT
    - name: any
      instance_requirements: { vcpu_count: { min: 2 }, memory_mib: { min: 4096 } }
  addons: { aws_node_termination_handler_enabled: true }
`;

    expect(problemsOf({ "clusters/a.example.com.yaml": yaml })).toEqual([]);
  });
});
