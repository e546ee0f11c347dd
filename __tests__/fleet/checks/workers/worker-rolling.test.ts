import { testGroup, WINDOWS } from "../../../support/worker-problems";

const REFRESH = "instance_refresh";
const REPAIR = "node_repair";
const override = (reason: string): string =>
  `{ node_monitoring_condition: A, node_unhealthy_reason: ${reason}, min_repair_wait_time_mins: 1, repair_action: Reboot }`;
const warmPool = (minSize: number, more = ""): string =>
  `warm_pool: { pool_state: Stopped, min_size: ${minSize}, reuse_on_scale_in: true${more} }`;
const notWarm = (setting: string): string =>
  `warm_pool: conflicts with ${setting}, because Auto Scaling prepares only on-demand instances of one type. Remove one of them`;

testGroup({
  "refuses a maximum more than 100 above the minimum": [
    `${REFRESH}: { min_healthy_percentage: 50, max_healthy_percentage: 151 }`,
    `${REFRESH}.max_healthy_percentage: must be at most 100 more than the minimum healthy percentage (150), but is 151`,
  ],
  "accepts a maximum 100 above the minimum": [
    `${REFRESH}: { min_healthy_percentage: 50, max_healthy_percentage: 150 }`,
  ],
  "refuses checkpoints that do not increase": [
    `${REFRESH}: { checkpoint_percentages: [50, 50, 100] }`,
    `${REFRESH}.checkpoint_percentages: must increase from item to item, but is 50, 50, 100`,
  ],
  "refuses checkpoints that do not end with 100": [
    `${REFRESH}: { checkpoint_percentages: [20, 99] }`,
    `${REFRESH}.checkpoint_percentages: must end with 100, because the refresh ends at the last checkpoint, but is 20, 99`,
  ],
  "refuses a delay without checkpoints": [
    `${REFRESH}: { checkpoint_delay_seconds: 60 }`,
    `${REFRESH}.checkpoint_delay_seconds: has no effect because checkpoint_percentages is not set. Remove it, or set both`,
  ],
  "refuses a share of nodes beside their number": [
    "max_unavailable: 1\nmax_unavailable_percentage: 50",
    "max_unavailable_percentage: has no effect because max_unavailable replaces it. Remove it",
  ],
  "refuses a share of nodes beside that of a refresh": [
    `${REFRESH}: { min_healthy_percentage: 90 }\nmax_unavailable_percentage: 50`,
    `max_unavailable_percentage: has no effect because ${REFRESH}.min_healthy_percentage replaces it. Remove it`,
  ],
  "refuses a threshold as a number and as a share": [
    `${REPAIR}: { max_parallel_nodes_repaired_count: 1, max_parallel_nodes_repaired_percentage: 10 }`,
    `${REPAIR}.max_parallel_nodes_repaired_count: conflicts with max_parallel_nodes_repaired_percentage. Remove one of them`,
  ],
  "refuses 2 overrides for one reason, and warns of a missing agent": [
    `${REPAIR}: { overrides: [${override("B")}, ${override("C")}, ${override("B")}] }`,
    `warning: ${REPAIR}.overrides: has no effect because the addon eks_node_monitoring_agent, which sets these conditions, is off. Remove it, or set addons.eks_node_monitoring_agent_enabled: true`,
    `${REPAIR}.overrides[2]: lists A/B twice. Remove one of them`,
  ],
  "refuses repair of Windows nodes": [
    `${REPAIR}: {}\n${WINDOWS}`,
    `${REPAIR}: has no effect because EKS repairs Linux nodes only. Remove it`,
  ],
  "warns of no missing agent on Windows, whose nodes EKS does not repair": [
    `${REPAIR}: { overrides: [${override("B")}] }\n${WINDOWS}`,
    `${REPAIR}: has no effect because EKS repairs Linux nodes only. Remove it`,
  ],
  "refuses a warm pool of spot instances": [
    `${warmPool(1)}\nspot_price: 0.1`,
    notWarm("spot instances"),
    "warning: spot_price: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
  ],
  "refuses a warm pool of several types": [
    `${warmPool(1)}\ninstance_types: [m6i.large, m5.large]`,
    notWarm("2 instance_types"),
  ],
  "refuses a warm pool of an image whose bootstrap cannot wait": [
    `${warmPool(1)}\nami_type: BOTTLEROCKET_x86_64`,
    "warm_pool: conflicts with ami_type: BOTTLEROCKET_x86_64, because only the bootstrap of Amazon Linux 2023 can wait. Remove one of them",
  ],
  "refuses a warm pool whose min_size is above max_size": [
    `${warmPool(4)}\nmax_size: 3`,
    "warm_pool.min_size: must be at most max_size (3), but is 4",
  ],
  "accepts a warm pool whose min_size equals max_size": [`${warmPool(3)}\nmax_size: 3`],
  "refuses a warm pool whose min_size is above its capacity": [
    warmPool(3, ", max_group_prepared_capacity: 2"),
    "warm_pool.min_size: must be at most max_group_prepared_capacity (2), but is 3",
  ],
  "accepts a warm pool whose min_size equals its capacity": [warmPool(2, ", max_group_prepared_capacity: 2")],
  "refuses a suspended process that cluster-autoscaler uses": [
    "suspended_processes: [Launch, HealthCheck]",
    "suspended_processes[0]: conflicts with cluster-autoscaler, which resizes the group through Launch. Remove it, or set autoscaling: false",
  ],
  "refuses a suspended process that scheduled sizes use": [
    'suspended_processes: [ScheduledActions]\nscheduled_scaling: [{ name: a, recurrence: "0 20 * * *", time_zone: Etc/UTC, min_size: 0 }]',
    "suspended_processes[0]: conflicts with scheduled_scaling. Remove one of them",
  ],
  "refuses a suspended process that is listed twice": [
    "suspended_processes: [HealthCheck, HealthCheck]",
    "suspended_processes[1]: lists HealthCheck twice. Remove one of them",
  ],
});
