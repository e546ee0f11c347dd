import { testReports } from "../../../support/definition";

const addons = "karpenter: { enabled: true, values: { replicas: 1 } }\ncluster_autoscaler_enabled: true";
const taint = (effect: string): string => `taints: [{ key: a, value: b, effect: ${effect} }]`;
const node_pools = "- { name: p, limits: { vcpus: 10 } }";
const conflict = (place: string): string[] => [
  `${place}: conflicts with karpenter, because both add nodes for the pods that can run on general. Set cluster_autoscaler_enabled: false, or give general a taint or autoscaling: false`,
];

testReports({
  "refuses cluster-autoscaler beside Karpenter on an untainted group": {
    addons,
    node_pools,
    reports: conflict("10:33 tfvars.addons.cluster_autoscaler_enabled"),
  },
  "refuses it at the switch of Karpenter where cluster-autoscaler is on by default": {
    addons: "karpenter: { enabled: true, values: { replicas: 1 } }",
    node_pools,
    reports: conflict("9:27 tfvars.addons.cluster_autoscaler.enabled"),
  },
  "refuses it where a taint only prefers other nodes": {
    worker: taint("PreferNoSchedule"),
    addons,
    node_pools,
    reports: conflict("11:33 tfvars.addons.cluster_autoscaler_enabled"),
  },
  "accepts it on a group that keeps its size": {
    worker: "autoscaling: false",
    addons,
    node_pools,
    reports: [],
  },
  "accepts it on a group that only tolerating pods use": {
    worker: taint("NoSchedule"),
    workers: "- { name: fixed, autoscaling: false }",
    addons,
    node_pools,
    reports: [],
  },
});
