import { testGroup } from "../../../support/worker-problems";

describe("kinds of groups", () => {
  testGroup({
    "refuses settings of a self-managed group in a managed one": [
      "kind: managed\nspot_price: 0.1\non_demand_base_capacity: 1\non_demand_percentage_above_base_capacity: 50",
      "spot_price: requires a self-managed group. Remove it, or set kind: self_managed (or auto)",
      "on_demand_base_capacity: requires a self-managed group. Remove it, or set kind: self_managed (or auto)",
      "on_demand_percentage_above_base_capacity: requires a self-managed group. Remove it, or set kind: self_managed (or auto)",
    ],
    "refuses a setting of managed groups in a self-managed one": [
      "kind: self_managed\nforce_update_version: true",
      "force_update_version: requires an EKS managed group. Remove it, or set kind: managed (or auto)",
    ],
    "refuses a setting of managed groups beside one that makes the group self-managed": [
      "spot_price: 0.1\nmax_unavailable: 2\nnode_repair: {}",
      "warning: spot_price: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
      "max_unavailable: requires an EKS managed group. Remove it, or remove the keys that only a self-managed group has: spot_price",
      "node_repair: requires an EKS managed group. Remove it, or remove the keys that only a self-managed group has: spot_price",
    ],
    "refuses a setting of self-managed groups in a managed one": [
      "kind: managed\nenabled_metrics: [GroupMaxSize]",
      "enabled_metrics: requires a self-managed group. Remove it, or set kind: self_managed (or auto)",
    ],
  });
});

describe("weights", () => {
  const weights = "instance_weights: { m6i.large: 1, m6i.xlarge: 2 }\nkind: self_managed\nautoscaling: false";
  testGroup({
    "accepts a weight for each type": [`instance_types: [m6i.large, m6i.xlarge]\n${weights}`],
    "refuses weights with autoscaling": [
      `instance_types: [m6i.large, m6i.xlarge]\n${weights.replace("\nautoscaling: false", "")}`,
      "instance_weights: requires autoscaling: false, because cluster-autoscaler counts each instance as one. Set it, or remove instance_weights",
    ],
    "refuses a weight of a type that the group does not have": [
      `instance_types: [m6i.large]\n${weights}`,
      "instance_weights.m6i.xlarge: is not one of instance_types. Remove it, or add the type",
    ],
    "refuses a type without a weight": [
      `instance_types: [m6i.large, m6i.xlarge, m6i.2xlarge]\n${weights}`,
      "instance_weights: must have a weight for each instance type, because Auto Scaling requires all or none. Add m6i.2xlarge",
    ],
    "refuses weights with instance_requirements": [
      `instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 } }\n${weights}`,
      "instance_weights: has no effect because instance_requirements name no types. Remove it, or remove instance_requirements",
    ],
  });
});

describe("credits and hosts", () => {
  testGroup({
    "refuses credits of types that are not burstable": [
      "instance_types: [t3.large, m6i.large]\ncpu_credits: standard",
      "cpu_credits: requires T types, because EC2 starts no other type with it. Remove cpu_credits, or remove m6i.large from instance_types",
    ],
    "refuses credits of requirements that include other types": [
      "instance_requirements: { vcpu_count: { min: 1 }, memory_mib: { min: 1 } }\ncpu_credits: standard",
      "cpu_credits: requires T types, because EC2 starts no other type with it. Remove cpu_credits, or set instance_requirements.burstable_performance: required",
    ],
    "refuses a group of hosts without the tenancy": [
      "host_resource_group_arn: arn:aws:resource-groups:us-east-1:111111111111:group/hosts",
      "host_resource_group_arn: has no effect because tenancy is default. Remove it, or set tenancy: host",
    ],
    "refuses spot instances on hosts": [
      "tenancy: host\nspot_price: 0.1",
      "tenancy: host does not support spot instances. Use dedicated, or set capacity_type: ON_DEMAND without a spot_price",
      "warning: spot_price: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
    ],
  });
});
