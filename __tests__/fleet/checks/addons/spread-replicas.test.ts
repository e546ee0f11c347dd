import { testMessages } from "../../../support/definition";

const LOKI = "loki_enabled: true\nalloy_enabled: true";
const leaves = (key: string, addon: string, nodes: number): string =>
  `warning: tfvars.workers[general].${key}: leaves ${addon} with ${nodes} of the 3 nodes that its replicas require, because each runs on another node. Raise it, or set another sla`;
const alone = (key: string, sla: string): string =>
  `warning: tfvars.workers[general].${key}: leaves the cluster with one node at most, so every pod stops when that node fails or is replaced. Set ${key} to 2 or more for service level ${sla}, or set another sla`;

testMessages({
  "warns of 2 nodes for the 3 writers of Loki": {
    worker: "max_size: 2",
    addons: LOKI,
    reports: [leaves("max_size", "loki", 2)],
  },
  "accepts 3 nodes": { worker: "max_size: 3", addons: LOKI, reports: [] },
  "accepts 3 nodes in two groups": {
    worker: "max_size: 2",
    workers: "- { name: other, max_size: 1 }",
    addons: LOKI,
    reports: [],
  },
  "counts the nodes that a group starts with, if it does not grow": {
    worker: "autoscaling: false\nmin_size: 2\nmax_size: 9",
    addons: LOKI,
    reports: [leaves("min_size", "loki", 2)],
  },
  "accepts 2 nodes for one writer": { worker: "max_size: 2", addons: `sla: none\n${LOKI}`, reports: [] },
  "accepts 2 nodes if the definition replaces the rule of the chart": {
    worker: "max_size: 2",
    addons: "loki: { enabled: true, values: { singleBinary: { affinity: null } } }\nalloy_enabled: true",
    reports: [],
  },
  "warns of 2 nodes for the 3 members of Argo CD's Redis": {
    worker: "max_size: 2",
    addons: "sla: critical\nargo_cd_enabled: true",
    reports: [leaves("max_size", "argo_cd", 2)],
  },
  "accepts 2 nodes for Argo CD with one Redis": { worker: "max_size: 2", addons: "argo_cd_enabled: true", reports: [] },
  "accepts 2 nodes beside Karpenter": {
    worker: "min_size: 2\nmax_size: 2",
    addons: `karpenter_enabled: true\ncluster_autoscaler_enabled: false\n${LOKI}`,
    node_pools: "- { name: p, limits: { vcpus: 10 } }",
    reports: [],
  },
  "warns of one node for production": {
    worker: "max_size: 1",
    addons: "sla: production",
    reports: [alone("max_size", "production")],
  },
  "warns of one node that no autoscaler adds to": {
    worker: "autoscaling: false\nmin_size: 1\nmax_size: 9",
    addons: "sla: critical",
    reports: [alone("min_size", "critical")],
  },
  "accepts one node for development": { worker: "max_size: 1", addons: "sla: development", reports: [] },
  "accepts a group of one node in each zone for production": {
    worker: "max_size: 1\nper_zone: true",
    addons: "sla: production",
    reports: [],
  },
});
