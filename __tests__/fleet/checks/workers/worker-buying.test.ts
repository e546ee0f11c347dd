import { testGroup } from "../../../support/worker-problems";

describe("how a group is bought", () => {
  testGroup({
    "a managed setting of a self-managed group": [
      "kind: self_managed\nforce_update_version: true",
      "force_update_version: needs an EKS managed group: remove it, or set kind: managed (or auto) instead of self_managed",
    ],
    "settings of two kinds": [
      "spot_price: 0.1\nmax_unavailable: 2\nnode_repair: {}",
      "warning: spot_price: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
      "max_unavailable: needs an EKS managed group, and spot_price makes this one self-managed: remove one of them",
      "node_repair: needs an EKS managed group, and spot_price makes this one self-managed: remove one of them",
    ],
    "a self-managed setting of a managed group": [
      "kind: managed\nenabled_metrics: [GroupMaxSize]",
      "enabled_metrics: needs an Auto Scaling group of our own: remove it, or set kind: self_managed (or auto) instead of managed",
    ],
    "a strategy that EKS does not take": [
      "capacity_type: SPOT\nspot_allocation_strategy: lowest-price",
      "spot_allocation_strategy: has no effect on a managed group, for which EKS takes price-capacity-optimized, got lowest-price: remove it, or set kind: self_managed",
    ],
    weights: [
      "instance_types: [m6i.large, m6i.xlarge]\ninstance_weights: { m6i.large: 1, m5.large: 2 }",
      "instance_weights: needs autoscaling: false: cluster-autoscaler counts every instance as one",
      "instance_weights: must have a weight for every type, because Auto Scaling takes all or none: add m6i.xlarge",
      "instance_weights.m5.large: is not one of instance_types (m6i.large, m6i.xlarge): remove it",
    ],
    "a reservation by two keys, for spot": [
      "capacity_type: SPOT\ncapacity_reservation: { preference: open, id: cr-0123456789abcdef0 }",
      "capacity_reservation: must have one of preference, id, resource_group_arn, got preference and id",
      "capacity_reservation: has no effect on spot instances: remove it, or set capacity_type: ON_DEMAND without a spot_price",
    ],
    "a reservation by none": [
      "capacity_reservation: {}",
      "capacity_reservation: must have one of preference, id, resource_group_arn, got none",
    ],
    "a block of nothing": [
      "capacity_type: CAPACITY_BLOCK\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [p5.48xlarge, p5e.48xlarge]",
      "capacity_type: CAPACITY_BLOCK needs the block's id: set capacity_reservation: { id: cr-... }",
      "instance_types: must be one type, because a block of capacity is of one, got p5.48xlarge, p5e.48xlarge",
      "availability_zones: must be the one zone of the block of capacity, got all zones",
    ],
    "a block in a mix, in a group of our own": [
      "kind: self_managed\ncapacity_type: CAPACITY_BLOCK\ncapacity_reservation: { id: cr-0123456789abcdef0 }\navailability_zones: [us-east-1a]\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [p5.48xlarge]\non_demand_base_capacity: 1",
      "on_demand_base_capacity: cannot be with capacity_type CAPACITY_BLOCK, whose instances are all of one block: remove one of them",
    ],
    "a block of types without accelerators": [
      "capacity_type: CAPACITY_BLOCK\ncapacity_reservation: { id: cr-0123456789abcdef0 }\navailability_zones: [us-east-1a]\ninstance_types: [m6i.large]",
      "instance_types[0]: m6i.large is in no block of capacity, which EC2 sells of P and Trn types: take the block's type, or another capacity_type",
    ],
    "a block of types with other accelerators": [
      "capacity_type: CAPACITY_BLOCK\ncapacity_reservation: { id: cr-0123456789abcdef0 }\navailability_zones: [us-east-1a]\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [g6e.48xlarge]",
      "warning: instance_types[0]: g6e.48xlarge is in no block of capacity, which EC2 sells of P and Trn types: take the block's type, or another capacity_type",
    ],
    "reservations of another region": [
      "capacity_reservation: { resource_group_arn: 'arn:aws:resource-groups:eu-west-1:111111111111:group/gpu' }",
      "capacity_reservation.resource_group_arn: is a group of reservations in eu-west-1, and the nodes run in us-east-1: name one of that region",
    ],
    "a bid for a block": [
      "kind: self_managed\nspot_price: 0.1\ncapacity_type: CAPACITY_BLOCK\ncapacity_reservation: { id: cr-0123456789abcdef0 }\navailability_zones: [us-east-1a]\nami_type: AL2023_x86_64_NVIDIA\ninstance_types: [p5.48xlarge]",
      "spot_price: cannot be with capacity_type CAPACITY_BLOCK, whose instances are all of one block: remove one of them",
      "warning: spot_price: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
    ],
    "a way to pick spot instances that are not bought": [
      "kind: self_managed\nspot_allocation_strategy: lowest-price\nspot_instance_pools: 3\non_demand_base_capacity: 1",
      "spot_allocation_strategy: has no effect on a group that buys no spot instances: remove it, or set capacity_type: SPOT",
      "spot_instance_pools: has no effect on a group that buys no spot instances: remove it, or set capacity_type: SPOT",
      "on_demand_base_capacity: has no effect on a group that is all on-demand: remove it, or set capacity_type: SPOT",
    ],
    "pools of another strategy, and half of the nodes undrained": [
      "on_demand_percentage_above_base_capacity: 50\nspot_instance_pools: 3",
      "warning: on_demand_percentage_above_base_capacity: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
      "spot_instance_pools: has no effect with spot_allocation_strategy price-capacity-optimized, which chooses pools by itself: remove it, or take lowest-price",
    ],
    "spot that is all on-demand": [
      "capacity_type: SPOT\non_demand_percentage_above_base_capacity: 100",
      "on_demand_percentage_above_base_capacity: leaves no spot instances, which capacity_type or spot_price asks for: lower it, or buy on-demand",
    ],
    "one reservation for two types, anywhere": [
      "capacity_reservation: { id: cr-0123456789abcdef0 }\ninstance_types: [m6i.large, m5.large]",
      "capacity_reservation.id: is one reservation, which is of one instance type, and the group takes several: name that type in instance_types, or a resource_group_arn of reservations",
      "warning: capacity_reservation.id: is one reservation, which lies in one zone, and in the others no instance starts: name its zone in availability_zones",
    ],
    "credits of other types": [
      "instance_types: [t3.large, m6i.large]\ncpu_credits: standard",
      "cpu_credits: is for T types only, and EC2 starts no other with it: remove it, or take m6i.large out of instance_types",
    ],
    "hosts that are not asked for": [
      "host_resource_group_arn: arn:aws:resource-groups:us-east-1:111111111111:group/hosts",
      "host_resource_group_arn: has no effect with tenancy default: set tenancy: host, or remove it",
    ],
    "spot on a host": [
      "tenancy: host\nspot_price: 0.1",
      "tenancy: is not for spot instances: take dedicated, or capacity_type: ON_DEMAND without a spot_price",
      "warning: spot_price: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
    ],
  });
});
