import { testGroup } from "../../../support/worker-problems";

describe("sizes of a group", () => {
  const fixed = "autoscaling: false\nmin_size: 2\nmax_size: 4";
  testGroup({
    "accepts max_size equal to min_size": ["min_size: 3\nmax_size: 3"],
    "refuses max_size 1 below min_size": [
      "min_size: 3\nmax_size: 2",
      "max_size: must be at least min_size (3), but is 2",
    ],
    "accepts desired_size equal to min_size": [`${fixed}\ndesired_size: 2`],
    "accepts desired_size equal to max_size": [`${fixed}\ndesired_size: 4`],
    "refuses desired_size 1 below min_size": [
      `${fixed}\ndesired_size: 1`,
      "desired_size: must be between min_size (2) and max_size (4), but is 1",
    ],
    "refuses desired_size 1 above max_size": [
      `${fixed}\ndesired_size: 5`,
      "desired_size: must be between min_size (2) and max_size (4), but is 5",
    ],
    "accepts desired_size with autoscaling, which is the size of a new group": ["desired_size: 2"],
    "refuses desired_size above max_size with autoscaling": [
      "desired_size: 4",
      "desired_size: must be between min_size (1) and max_size (3), but is 4",
    ],
    "accepts the most nodes of a managed group": [
      "max_size: 450\nkubelet: { max_pods: 8 }\nassociate_public_ip_address: null",
    ],
    "accepts on_demand_base_capacity equal to max_size": [
      "max_size: 4\non_demand_base_capacity: 4\ncapacity_type: SPOT\nkind: self_managed",
      "warning: capacity_type: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
    ],
    "refuses on_demand_base_capacity 1 above max_size": [
      "max_size: 4\non_demand_base_capacity: 5\ncapacity_type: SPOT\nkind: self_managed",
      "on_demand_base_capacity: must be at most max_size (4), but is 5",
      "warning: capacity_type: buys spot instances in a self-managed group, but nothing drains the nodes before EC2 ends them. Set addons.aws_node_termination_handler_enabled: true",
    ],
    "reports only the refused values if other sizes depend on them": [
      "min_size: 5\nmax_size: many\non_demand_base_capacity: 10\nautoscaling: maybe\ndesired_size: 99",
      'max_size: must be a number, got "many"',
      'autoscaling: must be true or false, got "maybe"',
    ],
  });
});

describe("settings of a group", () => {
  testGroup({
    "refuses settings of a self-managed group in a managed one": [
      "kind: managed\nspot_price: 0.1\non_demand_base_capacity: 1\non_demand_percentage_above_base_capacity: 50",
      "spot_price: requires a self-managed group. Remove it, or set kind: self_managed (or auto)",
      "on_demand_base_capacity: requires a self-managed group. Remove it, or set kind: self_managed (or auto)",
      "on_demand_percentage_above_base_capacity: requires a self-managed group. Remove it, or set kind: self_managed (or auto)",
    ],
    "refuses a taint twice": [
      "taints: [{ key: a, value: b, effect: NoSchedule }, { key: a, value: c, effect: NoSchedule }]",
      "taints[1]: repeats the taint a:NoSchedule. Remove one of them",
    ],
  });
});
