import { testReports } from "../../../support/definition";
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
    "warns of a size above EKS's quota of a managed group": [
      "max_size: 451\nkubelet: { max_pods: 8 }\nassociate_public_ip_address: null",
      "warning: max_size: is above EKS's default quota of 450 nodes in a managed group. Request a higher quota, or create several groups",
    ],
    "accepts a size above that quota in a self-managed group": [
      "kind: self_managed\nmax_size: 451\nkubelet: { max_pods: 8 }\nassociate_public_ip_address: null",
    ],
    "warns of a size in a schedule above EKS's quota of a managed group": [
      `autoscaling: false\nmax_size: 450\nkubelet: { max_pods: 8 }\nassociate_public_ip_address: null\nscheduled_scaling: [{ name: peak, recurrence: "0 6 * * *", time_zone: Etc/UTC, min_size: 1, max_size: 451 }]`,
      "warning: scheduled_scaling[peak].max_size: is above EKS's default quota of 450 nodes in a managed group. Request a higher quota, or create several groups",
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
      'max_size: must be a whole number from 1 to 100000, got "many"',
      'autoscaling: must be true or false, got "maybe"',
    ],
  });
});

const NO_FIRST =
  "leaves the cluster without a first node, so CoreDNS and the controllers, which would add nodes, never run. Set min_size of a group of Linux nodes without taints to 1 or more, or desired_size: 1, which only a new group uses";
const NO_DESIRED =
  "leaves the cluster without a first node, so CoreDNS and the controllers, which would add nodes, never run. Set desired_size of a group of Linux nodes without taints to 1 or more";
const KARPENTER = "karpenter_enabled: true\ncluster_autoscaler_enabled: false";
const WINDOWS =
  "- { name: windows, ami_type: WINDOWS_CORE_2022_x86_64, root_volume: { size_gib: 100 }, taints: [{ key: os, value: windows, effect: NoSchedule }] }";

describe("the first node", () => {
  testReports({
    "is missing if all groups start at 0 and wait for the autoscaler": {
      worker: "min_size: 0",
      workers: "- { name: other, min_size: 0 }",
      reports: [`8:17 tfvars.workers[general].min_size: ${NO_FIRST}`],
    },
    "is missing in groups of fixed size 0": {
      worker: "autoscaling: false\nmin_size: 0\ndesired_size: 0",
      reports: [`10:21 tfvars.workers[general].desired_size: ${NO_DESIRED}`],
    },
    "is missing without an autoscaler": {
      worker: "min_size: 0\nautoscaling: false",
      addons: "cluster_autoscaler_enabled: false",
      reports: [`8:17 tfvars.workers[general].min_size: ${NO_FIRST}`],
    },
    "is missing if only Windows nodes start": {
      worker: "min_size: 0",
      workers: WINDOWS,
      reports: [`8:17 tfvars.workers[general].min_size: ${NO_FIRST}`],
    },
    "is missing if only a tainted group starts": {
      worker: "min_size: 0",
      workers: "- { name: other, taints: [{ key: a, value: b, effect: NoSchedule }] }",
      reports: [`8:17 tfvars.workers[general].min_size: ${NO_FIRST}`],
    },
    "is missing for Karpenter too": {
      worker: "min_size: 0",
      addons: KARPENTER,
      node_pools: "- { name: p, limits: { vcpus: 10 } }",
      reports: [`8:17 tfvars.workers[general].min_size: ${NO_FIRST}`],
    },
    "is missing if a schedule starts it": {
      worker: `min_size: 0
scheduled_scaling: [{ name: morning, recurrence: "0 8 * * 1", time_zone: Etc/UTC, min_size: 1 }]`,
      reports: [`8:17 tfvars.workers[general].min_size: ${NO_FIRST}`],
    },
    "is in a new group that starts with desired_size": { worker: "min_size: 0\ndesired_size: 1", reports: [] },
    "is in any of the groups": { worker: "min_size: 0", workers: "- name: other", reports: [] },
    "is EKS Auto Mode's": {
      worker: "min_size: 0",
      cluster: "auto_mode: { enabled: true, node_pools: [general-purpose] }",
      reports: [],
    },
    "is on Fargate if CoreDNS is": {
      worker: "min_size: 0",
      addons: "cluster_autoscaler_enabled: false",
      fargate_profiles: "- { name: all, selectors: [{ namespace: kube-system, labels: { k8s-app: kube-dns } }] }",
      reports: [
        "10:33 warning: tfvars.workers[general].autoscaling: keeps its size of 0, because no autoscaler is enabled. Set cluster_autoscaler_enabled: true, or autoscaling: false with the number of nodes in desired_size",
      ],
    },
    "must be there for cluster-autoscaler if only CoreDNS is on Fargate": {
      worker: "min_size: 0",
      fargate_profiles: "- { name: all, selectors: [{ namespace: kube-system, labels: { k8s-app: kube-dns } }] }",
      reports: [
        "8:17 tfvars.workers[general].min_size: leaves cluster-autoscaler without a node, so it never runs and no group ever gets one. Set it to 1 or more, or select the autoscaler with a Fargate profile (namespace kube-system)",
      ],
    },
  });
});

describe("a group with room to grow", () => {
  const OFF = "cluster_autoscaler_enabled: false";
  const KEEPS =
    "keeps its size of 1, because no autoscaler is enabled. Set cluster_autoscaler_enabled: true, or autoscaling: false with the number of nodes in desired_size";

  testReports({
    "keeps its size without an autoscaler": {
      worker: "autoscaling: true\nmin_size: 1\nmax_size: 2",
      addons: OFF,
      reports: [`8:20 warning: tfvars.workers[general].autoscaling: ${KEEPS}`],
    },
    "is reported where it begins, if a layer sets autoscaling": {
      worker: "min_size: 1\nmax_size: 2",
      addons: OFF,
      reports: [`11:33 warning: tfvars.workers[general].autoscaling: ${KEEPS}`],
    },
    "cannot grow, if min_size is max_size": { worker: "min_size: 2\nmax_size: 2", addons: OFF, reports: [] },
    "has the size that it says, without autoscaling": {
      worker: "autoscaling: false\nmin_size: 2\nmax_size: 3",
      addons: OFF,
      reports: [],
    },
    "is scaled by a schedule": {
      worker: `min_size: 1\nmax_size: 2
scheduled_scaling: [{ name: morning, recurrence: "0 8 * * 1", time_zone: Etc/UTC, min_size: 1 }]`,
      addons: OFF,
      reports: [],
    },
    "is scaled by a chart": {
      worker: "min_size: 1\nmax_size: 2",
      addons: OFF,
      extra_charts:
        "- { name: ca, repository: https://example.com, chart: cluster-autoscaler, version: 9.0.0, namespace: ca }",
      reports: [],
    },
    "need not grow beside Auto Mode": {
      worker: "min_size: 1\nmax_size: 2",
      addons: OFF,
      cluster: "auto_mode: { enabled: true, node_pools: [general-purpose] }",
      reports: [],
    },
    "need not grow beside Karpenter": {
      worker: "min_size: 2\nmax_size: 3",
      addons: KARPENTER,
      node_pools: "- { name: p, limits: { vcpus: 10 } }",
      reports: [],
    },
  });
});
