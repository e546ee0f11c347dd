import { problemsOf, SMALLEST } from "../../../support/definitions";
import { testGroup } from "../../../support/worker-problems";

testGroup({
  "refuses a strategy of a managed group that EKS does not use": [
    "capacity_type: SPOT\nspot_allocation_strategy: lowest-price",
    "spot_allocation_strategy: has no effect because EKS uses price-capacity-optimized for managed groups. Remove it, or set kind: self_managed",
  ],
  "refuses an order of types that the group does not have": [
    "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 } }\ncapacity_type: SPOT\nspot_allocation_strategy: capacity-optimized-prioritized",
    "warning: capacity_type: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
    "spot_allocation_strategy: capacity-optimized-prioritized requires the order of instance_types, but the group has instance_requirements. Use capacity-optimized",
  ],
  "refuses settings of spot instances in a group without them": [
    "kind: self_managed\nspot_allocation_strategy: lowest-price\nspot_instance_pools: 3\non_demand_base_capacity: 1",
    "spot_allocation_strategy: has no effect because the group buys no spot instances. Remove it, or set capacity_type: SPOT",
    "spot_instance_pools: has no effect because the group buys no spot instances. Remove it, or set capacity_type: SPOT",
    "on_demand_base_capacity: has no effect because all instances of the group are on-demand. Remove it, or set capacity_type: SPOT",
  ],
  "refuses an on-demand base that equals max_size in a group without spot instances": [
    "kind: self_managed\nmax_size: 3\non_demand_base_capacity: 3",
    "on_demand_base_capacity: has no effect because all instances of the group are on-demand. Remove it, or set capacity_type: SPOT",
  ],
  "reports pools of a group without spot instances once, whatever the strategy": [
    "kind: self_managed\nspot_instance_pools: 3",
    "spot_instance_pools: has no effect because the group buys no spot instances. Remove it, or set capacity_type: SPOT",
  ],
  "refuses pools of a strategy other than lowest-price": [
    "on_demand_percentage_above_base_capacity: 50\nspot_instance_pools: 3",
    "warning: on_demand_percentage_above_base_capacity: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
    "spot_instance_pools: has no effect because spot_allocation_strategy is price-capacity-optimized. Remove it, or set spot_allocation_strategy: lowest-price",
  ],
  "refuses spot instances if all instances are on-demand": [
    "capacity_type: SPOT\non_demand_percentage_above_base_capacity: 100",
    "on_demand_percentage_above_base_capacity: leaves no spot instances, but capacity_type or spot_price requests them. Lower it, or buy on-demand instances",
  ],
  "accepts 99% of on-demand instances": [
    "capacity_type: SPOT\non_demand_percentage_above_base_capacity: 99",
    "warning: capacity_type: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
  ],
});

describe("worker_defaults", () => {
  test("accepts a key of worker_defaults that another group of the file uses", () => {
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
