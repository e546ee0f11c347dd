import { testGroup } from "../../../support/worker-problems";

describe("how nodes are replaced", () => {
  testGroup({
    "a refresh that cannot be": [
      "instance_refresh: { min_healthy_percentage: 50, max_healthy_percentage: 200, checkpoint_percentages: [50, 20] }",
      "instance_refresh.max_healthy_percentage: must be at most 100 above the least healthy (50), got 200",
      "instance_refresh.checkpoint_percentages: must each be above the one before, got 50, 20",
      "instance_refresh.checkpoint_percentages: must end with 100, or the refresh ends before the last nodes, got 50, 20",
    ],
    "pauses nowhere": [
      "instance_refresh: { checkpoint_delay_seconds: 60 }",
      "instance_refresh.checkpoint_delay_seconds: has no effect without checkpoint_percentages: add them, or remove it",
    ],
    "thresholds of two kinds, and a reason twice": [
      `node_repair:
  max_parallel_nodes_repaired_count: 1
  max_parallel_nodes_repaired_percentage: 10
  overrides:
    - &same { node_monitoring_condition: A, node_unhealthy_reason: B, min_repair_wait_time_mins: 1, repair_action: Reboot }
    - { node_monitoring_condition: A, node_unhealthy_reason: B, min_repair_wait_time_mins: 9, repair_action: Replace }`.replace(
        "&same ",
        "",
      ),
      "node_repair.max_parallel_nodes_repaired_count: excludes max_parallel_nodes_repaired_percentage, which is there too: keep one",
      "warning: node_repair.overrides: has no effect without the addon eks_node_monitoring_agent, which sets these conditions: set eks_node_monitoring_agent_enabled: true under addons, or remove it",
      "node_repair.overrides[1]: is the second override for A/B: keep one",
    ],
    "repair of what EKS does not watch": [
      "node_repair: {}\nami_type: WINDOWS_CORE_2022_x86_64\nroot_volume: { size_gib: 50 }\ntaints: [{ key: os, value: windows, effect: NoSchedule }]",
      "node_repair: has no effect on nodes of WINDOWS_CORE_2022_x86_64: EKS repairs nodes of Linux only. Remove it",
    ],
    "a warm pool of a mix": [
      "warm_pool: { pool_state: Stopped, min_size: 9, reuse_on_scale_in: true }\nspot_price: 0.1\ninstance_types: [m6i.large, m5.large]",
      "warm_pool: cannot be with spot instances, because Auto Scaling prepares on-demand instances of one type only: remove one of them",
      "warm_pool: cannot be with 2 instance_types, because Auto Scaling prepares on-demand instances of one type only: remove one of them",
      "warm_pool.min_size: must be at most max_size (3), got 9",
      "warning: spot_price: is self-managed and buys spot instances, and nothing drains them before they are taken: set aws_node_termination_handler_enabled: true under addons",
    ],
    "processes that are needed": [
      "suspended_processes: [Launch, HealthCheck, HealthCheck]",
      "suspended_processes[0]: Launch is what cluster-autoscaler resizes the group by: remove it, or set autoscaling: false",
      "suspended_processes[2]: names HealthCheck twice: name each process once",
    ],
  });
});
