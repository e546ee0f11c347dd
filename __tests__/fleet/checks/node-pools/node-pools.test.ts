import { testReports } from "../../../support/definition";
import { testPools } from "../../../support/pools";

const KARPENTER = {
  addons: "karpenter: { enabled: true, values: { replicas: 1 } }\ncluster_autoscaler_enabled: false",
};

testReports({
  "requires a limit of a pool, and reports it at the pool": {
    ...KARPENTER,
    node_pools: "- name: p",
    reports: [
      "12:13 tfvars.node_pools[p].limits: requires vcpus, memory_gib or nodes. Set one of them: without a limit, a mistake in one Deployment buys any number of nodes",
    ],
  },
  "accepts a limit of nodes alone, with one of GPUs": {
    ...KARPENTER,
    node_pools: "- { name: p, limits: { nodes: 8, resources: { nvidia.com/gpu: 4 } } }",
    reports: [],
  },
  "accepts a limit of memory alone": {
    ...KARPENTER,
    node_pools: "- { name: p, limits: { memory_gib: 8 } }",
    reports: [],
  },
  "reports only the refused zones of the network where a pool lists zones": {
    ...KARPENTER,
    networking: "availability_zones: 9",
    node_pools: "- { name: p, limits: { vcpus: 100 }, availability_zones: [us-east-1d] }",
    reports: ["12:25 tfvars.networking.availability_zones: must be at most 6, got 9"],
  },
});

testPools({
  "refuses max_vcpus below min_vcpus": {
    pool: "min_vcpus: 5\nmax_vcpus: 4",
    reports: ["max_vcpus: must be at least min_vcpus (5), but is 4"],
  },
  "accepts max_vcpus that equals min_vcpus": { pool: "min_vcpus: 4\nmax_vcpus: 4", reports: [] },
  "requires a duration beside a schedule": {
    pool: 'disruption_budgets: [{ nodes: "0", schedule: 0 8 * * * }]',
    reports: [
      "disruption_budgets[0]: requires duration. Set both schedule (when the budget begins) and duration (how long it lasts)",
    ],
  },
  "requires a schedule beside a duration": {
    pool: 'disruption_budgets: [{ nodes: "0", duration: 9h }]',
    reports: [
      "disruption_budgets[0]: requires schedule. Set both schedule (when the budget begins) and duration (how long it lasts)",
    ],
  },
  "refuses a budget that is not a number or a share": {
    pool: "disruption_budgets: [{ nodes: some }, { nodes: 101% }, { nodes: 100% }]",
    reports: [
      'disruption_budgets[0].nodes: must be a number or a share of nodes in quotes, such as 10% or 3, got "some"',
      'disruption_budgets[1].nodes: must be a number or a share of nodes in quotes, such as 10% or 3, got "101%"',
    ],
  },
  "refuses a duration in seconds": {
    pool: 'disruption_budgets: [{ nodes: "0", schedule: 0 8 * * *, duration: 90s }]',
    reports: [
      'disruption_budgets[0].duration: must be a duration in hours and minutes, such as 9h or 1h30m, got "90s"',
    ],
  },
  "refuses as many pods as DaemonSets have on every node": {
    pool: "max_pods: 4",
    reports: [
      "max_pods: leaves no room for a pod, so Karpenter starts no node: vpc_cni, kube_proxy, eks_pod_identity_agent, aws_ebs_csi_driver run 4 on every node. Raise max_pods",
    ],
  },
  "accepts one pod more than DaemonSets have on every node": { pool: "max_pods: 5", reports: [] },
  "refuses a zone outside the network": {
    pool: "availability_zones: [us-east-1z]",
    reports: [
      'availability_zones[0]: "us-east-1z" is not a zone of the cluster\'s network. Did you mean "us-east-1a"? Its zones: us-east-1a, us-east-1b, us-east-1c',
    ],
  },
  "accepts a local zone of the network": {
    pool: "availability_zones: [us-east-1-atl-1a]",
    networking: "local_zones: [us-east-1-atl-1a]",
    reports: [],
  },
});
